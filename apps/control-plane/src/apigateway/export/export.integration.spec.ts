import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startTestApplication, type TestApplication } from '../../admin-api/admin-api.fixture.js';
import { DocumentationVersionEntity } from '../documentation-version/documentation-version.entity.js';
import { MethodEntity } from '../method/method.entity.js';
import { refusal } from '../rest-api/definition.fixture.js';
import { ResourceEntity } from '../resource/resource.entity.js';
import { Serving } from '../stage/serving.fixture.js';
import { ExportModule } from './export.module.js';
import { ExportsService } from './export.service.js';

let server: TestDatabase;
let serving: Serving;
let service: ExportsService;
let application: TestApplication;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  service = new ExportsService(serving.definition.database);
  application = await startTestApplication([ExportModule], serving.definition.database);
});

afterAll(async () => {
  await application?.app.close();
  await serving?.close();
  await server?.drop();
});

type Document = Record<string, Record<string, Record<string, object>>>;

async function exported(restApiId: string, parameters?: Record<string, string>, exportType = 'swagger'): Promise<Document> {
  const { body } = await service.getExport(serving.call, { restApiId, stageName: 'prod', exportType, parameters });
  return JSON.parse(body!.toString()) as Document;
}

describe('GetExport', () => {
  it('answers with the document as bytes, under the name of its type and version', async () => {
    const { restApiId } = await serving.newStage();
    const url = `/restapis/${restApiId}/stages/prod/exports/swagger?extensions=integrations`;
    const send = (accept: string) => application.app.inject({ method: 'GET', url, headers: { authorization: 'me', accept } });
    const json = await send('application/json');
    const { createdDate } = await serving.definition.restApis.getRestApi(serving.call, { restApiId });
    const version = createdDate!.toISOString().replace(/\.\d+/, '');
    expect(json.statusCode).toBe(200);
    expect(json.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="swagger_${version}.json"`,
    });
    expect(json.json()).toEqual({
      swagger: '2.0',
      info: { title: 'test', version },
      host: `${restApiId}.execute-api.us-east-1.amazonaws.com`,
      basePath: '/prod',
      schemes: ['https'],
      paths: {
        '/': {
          get: {
            consumes: ['application/json'],
            responses: {},
            'x-amazon-apigateway-integration': {
              type: 'mock',
              requestTemplates: { 'application/json': '{"statusCode": 200}' },
              passthroughBehavior: 'when_no_match',
            },
          },
        },
      },
    });

    const yaml = await send('application/yaml');
    expect(yaml.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="swagger_${version}.yaml"`,
    });
    expect(parse(yaml.body)).toEqual(json.json());
  });

  it('gives what the stage serves, whatever was edited since', async () => {
    const { restApiId } = await serving.newStage();
    const { id } = await serving.definition.restApis.getRestApi(serving.call, { restApiId });
    await serving.definition.restApis.updateRestApi(serving.call, {
      restApiId: id!,
      patchOperations: [{ op: 'replace', path: '/name', value: 'later' }],
    });
    expect(await exported(restApiId)).toMatchObject({ info: { title: 'test' } });
    await serving.deployments.createDeployment(serving.call, { restApiId, stageName: 'prod' });
    expect(await exported(restApiId)).toMatchObject({ info: { title: 'later' } });
  });

  it('makes a file name out of any version', async () => {
    const { restApiId } = await serving.newMock();
    await serving.definition.restApis.updateRestApi(serving.call, {
      restApiId,
      patchOperations: [{ op: 'replace', path: '/version', value: 'v"1\r\nX-A: é' }],
    });
    await serving.deployments.createDeployment(serving.call, { restApiId, stageName: 'prod' });
    const { contentDisposition } = await service.getExport(serving.call, { restApiId, stageName: 'prod', exportType: 'oas30' });
    expect(contentDisposition).toBe('attachment; filename="oas30_v_1__X-A:__.json"');
  });

  it("says what the stage's documentation version says, and holds the version itself with its extension", async () => {
    const { restApiId } = await serving.newStage();
    await serving.manager.insert(DocumentationVersionEntity, {
      ...serving.call.scope,
      apiId: restApiId,
      version: '1',
      description: null,
      createdDate: new Date('2026-03-01T10:00:00.500Z'),
      parts: [{ id: 'p1', location: { type: 'METHOD', path: '/', method: 'GET' }, properties: '{"summary":"root"}' }],
    });
    expect(await exported(restApiId, { extensions: 'documentation' })).not.toHaveProperty('x-amazon-apigateway-documentation');
    await serving.stages.updateStage(serving.call, {
      restApiId,
      stageName: 'prod',
      patchOperations: [{ op: 'replace', path: '/documentationVersion', value: '1' }],
    });
    const documentation = {
      version: '1',
      createdDate: '2026-03-01T10:00:00Z',
      documentationParts: [{ location: { type: 'METHOD', path: '/', method: 'GET' }, properties: { summary: 'root' } }],
    };
    expect(await exported(restApiId)).toMatchObject({ paths: { '/': { get: { summary: 'root' } } } });
    for (const extensions of ['documentation', 'apigateway', 'integrations, documentation']) {
      expect(await exported(restApiId, { extensions })).toMatchObject({ 'x-amazon-apigateway-documentation': documentation });
    }
    expect(await exported(restApiId, { extensions: 'integrations' })).not.toHaveProperty('x-amazon-apigateway-documentation');
  });

  it('refuses what is not there, then what it cannot do', async () => {
    const { restApiId } = await serving.newStage();
    const request = { restApiId, stageName: 'prod', exportType: 'swagger' };
    const refused = (given: object) => refusal(service.getExport(serving.call, { ...request, ...given }));
    expect(await refused({ restApiId: 'nothing', exportType: 'x' })).toBe(
      'NotFoundException: Invalid API identifier specified 123456789012:nothing',
    );
    expect(await refused({ stageName: 'dev', exportType: 'x' })).toBe('NotFoundException: Invalid Stage identifier specified');
    expect(await refused({ exportType: 'raml' })).toMatch(/^BadRequestException: Invalid export type specified: raml/);
    expect(await refused({ accepts: 'text/html' })).toMatch(/^BadRequestException: Unsupported export content type: text\/html/);
    expect(await refused({ parameters: { extensions: 'integrations,x' } })).toMatch(
      /^BadRequestException: Invalid export extension specified: x/,
    );
    expect(await refused({ accepts: 'application/xml, */*;q=0.1', parameters: { extensions: 'postman', other: 'x' } })).toBe(
      'no error',
    );
    const elsewhere = { ...serving.call, scope: { ...serving.call.scope, region: 'eu-west-1' } };
    expect(await refusal(service.getExport(elsewhere, request))).toMatch(/^NotFoundException/);
  });

  it('exports 300 resources of 4 methods within a second as JSON, and within three as YAML', async () => {
    const { restApiId } = await serving.newMock();
    const [root] = await serving.manager.findBy(ResourceEntity, { ...serving.call.scope, apiId: restApiId });
    const [method] = await serving.manager.findBy(MethodEntity, { ...serving.call.scope, apiId: restApiId });
    const resources = Array.from({ length: 299 }, (_, index) => ({
      ...root!,
      resourceId: `r${index}`,
      parentId: root!.resourceId,
      pathPart: `path-${index}`,
    }));
    const verbs = ['GET', 'PUT', 'POST', 'DELETE'] as const;
    await serving.manager.insert(ResourceEntity, resources);
    await serving.manager.insert(
      MethodEntity,
      resources.flatMap(({ resourceId }) => verbs.map((httpMethod) => ({ ...method!, resourceId, httpMethod }))),
    );
    await serving.deployments.createDeployment(serving.call, { restApiId, stageName: 'prod' });
    const request = { restApiId, stageName: 'prod', exportType: 'oas30', parameters: { extensions: 'apigateway' } };
    // Of this process: how long it waits is up to what else runs on the machine.
    const busyWith = async (accepts: string) => {
      const before = process.cpuUsage();
      await service.getExport(serving.call, { ...request, accepts });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    expect(await busyWith('application/json')).toBeLessThan(1000);
    expect(await busyWith('application/yaml')).toBeLessThan(3000);
  });
});
