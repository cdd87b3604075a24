import { modelUrl } from '@gatehouse/api-model';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const PET = { type: 'object', required: ['name'] };

/** An API whose method on the root is validated by `Pet`; other models by name. */
async function validated(schemas: Record<string, unknown>) {
  const method = await serving.newMock();
  const { restApiId } = method;
  const { call, definition } = serving;
  for (const [name, schema] of Object.entries(schemas)) {
    const text = JSON.stringify(schema).replaceAll('{api}', restApiId);
    await definition.models.createModel(call, { restApiId, name, contentType: 'application/json', schema: text });
  }
  const validator = { restApiId, name: 'all', validateRequestBody: true, validateRequestParameters: true };
  const { id } = await definition.requestValidators.createRequestValidator(call, validator);
  const replace = (path: string, value: string) => ({ op: 'replace', path, value }) as const;
  await definition.methods.updateMethod(call, {
    ...method,
    patchOperations: [
      replace('/requestValidatorId', id!),
      { op: 'add', path: '/requestModels/application~1json', value: 'Pet' },
      { op: 'add', path: '/requestParameters/method.request.header.X-Pet', value: 'true' },
    ],
  });
  const deploy = () => serving.deployments.createDeployment(call, { restApiId, stageName: 'prod' });
  const published = async () => (await serving.stageDocuments(`${restApiId}/prod`))?.deployments[0]?.body;
  return { restApiId, deploy, published };
}

describe('models of validated methods', () => {
  it('are deployed with what they refer to, and change with the next deployment only', async () => {
    const schemas = { Owner: { type: 'object' }, Pet: { ...PET, properties: { owner: { $ref: modelUrl('{api}', 'Owner') } } } };
    const { restApiId, deploy, published } = await validated(schemas);
    await deploy();
    const before = await published();
    expect(before?.models).toEqual([
      { name: 'Owner', schema: '{"type":"object"}' },
      {
        name: 'Pet',
        schema: `{"properties":{"owner":{"$ref":"${modelUrl(restApiId, 'Owner')}"}},"required":["name"],"type":"object"}`,
      },
    ]);
    expect(before?.routes[0]?.validation).toEqual({
      parameters: [{ in: 'header', name: 'X-Pet' }],
      body: { models: [], otherwise: 'Pet' },
    });
    await serving.definition.models.updateModel(serving.call, {
      restApiId,
      modelName: 'Owner',
      patchOperations: [{ op: 'replace', path: '/schema', value: '{"type":"array"}' }],
    });
    expect(await published()).toEqual(before);
    await deploy();
    expect((await published())?.models?.[0]).toEqual({ name: 'Owner', schema: '{"type":"array"}' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'have a pattern that takes more than linear time',
      { Pet: { ...PET, properties: { name: { pattern: '^(a)\\1$' } } } },
      'model Pet#/properties/name/pattern: the pattern "^(a)\\\\1$" cannot be matched: a back reference',
    ],
    [
      'refer to what is not in them',
      { Pet: { $ref: '#/definitions/Gone' } },
      'model Pet#/$ref: "#/definitions/Gone" leads to no schema',
    ],
    ['never end', { Pet: { anyOf: [{ $ref: '#' }] } }, 'model Pet#: a schema that refers to itself without end'],
  ])('that %s are refused by name, and nothing is kept', async (_, schemas, reason) => {
    const { deploy, published } = await validated(schemas);
    expect(await refusal(deploy())).toBe(`BadRequestException: The gateways cannot enforce these settings yet: GET /: ${reason}`);
    expect(await published()).toBeUndefined();
  });
});
