import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentationPartsService } from '../documentation-part/documentation-part.service.js';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { DocumentationVersionEntity } from './documentation-version.entity.js';
import { DocumentationVersionsService } from './documentation-version.service.js';

let server: TestDatabase;
let serving: Serving;
let parts: DocumentationPartsService;
let versions: DocumentationVersionsService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  parts = new DocumentationPartsService(serving.definition.database, serving.unitOfWork, serving.definition.documentReader);
  versions = new DocumentationVersionsService(serving.definition.database, serving.unitOfWork);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const call = testCall();
const unknown = 'NotFoundException: Invalid Documentation version specified';

describe('documentation versions', () => {
  it('keep the parts as they were', async () => {
    const { id: restApiId } = await serving.definition.newApi();
    const part = { location: { type: 'API' as const }, properties: '{"a":1}' };
    const { id } = await parts.createDocumentationPart(call, { restApiId, ...part });
    const made = await versions.createDocumentationVersion(call, {
      restApiId,
      documentationVersion: '1.0',
      description: 'first',
    });
    expect(made).toEqual({ version: '1.0', createdDate: expect.any(Date), description: 'first' });
    await parts.deleteDocumentationPart(call, { restApiId, documentationPartId: id! });
    const key = { ...call.scope, apiId: restApiId, version: '1.0' };
    expect((await serving.manager.findOneByOrFail(DocumentationVersionEntity, key)).parts).toEqual([{ id, ...part }]);
    expect(await versions.getDocumentationVersion(call, { restApiId, documentationVersion: '1.0' })).toEqual(made);
    expect(await refusal(versions.createDocumentationVersion(call, { restApiId, documentationVersion: '1.0' }))).toBe(
      'ConflictException: Documentation version already exists',
    );
  });

  it('are listed in the order of creation, by page', async () => {
    const { id: restApiId } = await serving.definition.newApi();
    for (const documentationVersion of ['b', 'a', 'c'])
      await versions.createDocumentationVersion(call, { restApiId, documentationVersion });
    const first = await versions.getDocumentationVersions(call, { restApiId, limit: 2 });
    const second = await versions.getDocumentationVersions(call, { restApiId, limit: 2, position: first.position });
    expect([...first.item!, ...second.item!].map(({ version }) => version)).toEqual(['b', 'a', 'c']);
    expect(second.position).toBeUndefined();
  });

  it('change nothing but their description', async () => {
    const { id: restApiId } = await serving.definition.newApi();
    const key = { restApiId, documentationVersion: 'v' };
    await versions.createDocumentationVersion(call, key);
    const update = (path: string, value: string) =>
      versions.updateDocumentationVersion(call, { ...key, patchOperations: [{ op: 'replace', path, value }] });
    expect(await update('/description', 'new')).toMatchObject({ version: 'v', description: 'new' });
    expect((await update('/description', '')).description).toBeUndefined();
    expect(await refusal(update('/version', 'w'))).toBe(
      "BadRequestException: Invalid patch path  '/version' specified for op 'replace'. Must be one of: [/description]",
    );
  });

  it('are named by stages, and stay as long as they are', async () => {
    const { restApiId, stageName } = await serving.newStage();
    const key = { restApiId, documentationVersion: 'v' };
    expect(await refusal(versions.createDocumentationVersion(call, { ...key, stageName: 'nope' }))).toBe(
      'NotFoundException: Invalid Stage identifier specified',
    );
    expect(await refusal(versions.getDocumentationVersion(call, key))).toBe(unknown);
    await versions.createDocumentationVersion(call, { ...key, stageName });
    expect((await serving.stages.getStage(call, { restApiId, stageName })).documentationVersion).toBe('v');
    expect(await refusal(versions.deleteDocumentationVersion(call, key))).toBe(
      'BadRequestException: Active stages pointing to this documentation version must be moved or deleted',
    );
    await serving.stages.deleteStage(call, { restApiId, stageName });
    await versions.deleteDocumentationVersion(call, key);
    expect(await refusal(versions.deleteDocumentationVersion(call, key))).toBe(unknown);
  });

  it('need a name, and an API of the caller', async () => {
    const { id: restApiId } = await serving.definition.newApi();
    const make = (documentationVersion: string, by = call) =>
      refusal(versions.createDocumentationVersion(by, { restApiId, documentationVersion }));
    expect(await make(' ')).toBe('BadRequestException: Documentation version must be non-empty');
    expect(await make('v'.repeat(65))).toBe('BadRequestException: Documentation version can have at most 64 characters');
    expect(await make('v', testCall({ accountId: '210987654321', region: 'us-east-1' }))).toBe(
      `NotFoundException: Invalid API identifier specified 210987654321:${restApiId}`,
    );
  });
});
