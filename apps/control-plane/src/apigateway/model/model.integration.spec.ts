import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Definition, refusal, testCall } from '../rest-api/definition.fixture.js';

let server: TestDatabase;
let api: Definition;

beforeAll(async () => {
  server = await createDatabase();
  api = await Definition.open(server.url);
});

afterAll(async () => {
  await api?.close();
  await server?.drop();
});

type Operation = { op: 'add' | 'remove' | 'replace' | 'test'; path?: string; value?: string };
const wire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));
const unknownApi = (id: string) => `NotFoundException: Invalid API identifier specified 123456789012:${id}`;

type Create = Parameters<Definition['models']['createModel']>[1];
const create = (restApiId: string, more: Partial<Create> = {}) =>
  api.models.createModel(api.call, { restApiId, name: 'Pet', contentType: 'application/json', schema: SCHEMA, ...more });
const update = (restApiId: string, modelName: string, ...patchOperations: Operation[]) =>
  api.models.updateModel(api.call, { restApiId, modelName, patchOperations });
const remove = (restApiId: string, modelName: string) => api.models.deleteModel(api.call, { restApiId, modelName });
const url = (restApiId: string, name: string) => `https://apigateway.amazonaws.com/restapis/${restApiId}/models/${name}`;
const refTo = (restApiId: string, name: string) => JSON.stringify({ type: 'array', items: { $ref: url(restApiId, name) } });

const SCHEMA = '{ "title": "Pet",\n "type": "object", "properties": { "name": { "type": "string" } } }';
const invalid = (...errors: string[]) =>
  `BadRequestException: Invalid model specified: Validation Result: warnings : [], errors : [${errors.join(', ')}]`;
const NO_SCHEMA = 'BadRequestException: Model schema must have at least 1 property or array items defined';

describe('models', () => {
  it('are those that AWS makes with every API, texts included', async () => {
    const { id } = await api.newApi();
    const { item } = await api.models.getModels(api.call, { restApiId: id });
    const made = { id: expect.stringMatching(/^[a-z0-9]{6}$/) as string, contentType: 'application/json' };
    expect(item).toEqual([
      {
        ...made,
        name: 'Empty',
        description: 'This is a default empty schema model',
        schema: '{\n  "$schema": "http://json-schema.org/draft-04/schema#",\n  "title" : "Empty Schema",\n  "type" : "object"\n}',
      },
      {
        ...made,
        name: 'Error',
        description: 'This is a default error schema model',
        schema:
          '{\n  "$schema" : "http://json-schema.org/draft-04/schema#",\n  "title" : "Error Schema",\n  "type" : "object",\n  "properties" : {\n    "message" : { "type" : "string" }\n  }\n}',
      },
    ]);
  });

  it('are created, read, patched and deleted, their text untouched', async () => {
    const { id } = await api.newApi();
    const created = await create(id, { description: 'd' });
    expect(wire(created)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/) as string,
      name: 'Pet',
      description: 'd',
      contentType: 'application/json',
      schema: SCHEMA,
    });
    expect(await api.models.getModel(api.call, { restApiId: id, modelName: 'Pet' })).toEqual(created);
    const schema = '{"title":"Updated schema","type":"object"}';
    const patched = await update(
      id,
      'Pet',
      { op: 'replace', path: '/schema', value: schema },
      { op: 'replace', path: '/description', value: 'e' },
    );
    expect(patched).toEqual({ ...created, schema, description: 'e' });
    expect(await update(id, 'Pet')).toEqual(patched);
    await remove(id, 'Pet');
    expect(await refusal(remove(id, 'Pet'))).toBe('NotFoundException: Invalid model name specified: Pet');
  });

  it('are listed by name, page after page', async () => {
    const { id } = await api.newApi();
    for (const name of ['Cat', 'Bird', 'Dog']) await create(id, { name });
    const seen: string[] = [];
    let position: string | undefined;
    do {
      const page = await api.models.getModels(api.call, { restApiId: id, limit: 2, position });
      expect(page.item!.length).toBeLessThanOrEqual(2);
      seen.push(...page.item!.map(({ name }) => name!));
      position = page.position;
    } while (position);
    expect(seen).toEqual(['Bird', 'Cat', 'Dog', 'Empty', 'Error']);
  });

  it('may have formats', async () => {
    const { id } = await api.newApi();
    const schema = '{"type":"object","properties":{"at":{"type":"string","format":"date-time"}}}';
    expect(await create(id, { schema })).toMatchObject({ schema });
  });

  it('are looked for in the caller’s API', async () => {
    const { id } = await api.newApi();
    const none = 'NotFoundException: Invalid model name specified: MySchema';
    expect(await refusal(create('abcde0'))).toBe(unknownApi('abcde0'));
    expect(await refusal(api.models.getModels(api.call, { restApiId: 'abcde0' }))).toBe(unknownApi('abcde0'));
    for (const restApiId of ['abcde0', id]) {
      const key = { restApiId, modelName: 'MySchema' };
      expect(await refusal(api.models.getModel(api.call, key))).toBe(none);
      expect(await refusal(api.models.getModelTemplate(api.call, key))).toBe(none);
      expect(await refusal(update(restApiId, 'MySchema'))).toBe(none);
      expect(await refusal(remove(restApiId, 'MySchema'))).toBe(none);
    }
    const other = testCall({ accountId: '210987654321', region: 'us-east-1' });
    expect(await refusal(api.models.getModel(other, { restApiId: id, modelName: 'Empty' }))).toBe(
      'NotFoundException: Invalid model name specified: Empty',
    );
  });

  it.each<[Partial<Create>, string]>([
    [{ name: 'Empty' }, 'ConflictException: Model name already exists for this REST API'],
    [{ name: '' }, 'BadRequestException: Model name must be non-empty'],
    [{ name: 'my-model' }, 'BadRequestException: Model name must be alphanumeric: my-model'],
    [{ schema: '' }, NO_SCHEMA],
    [{ schema: '{ }' }, NO_SCHEMA],
    [{ schema: undefined }, NO_SCHEMA],
    [{ schema: undefined, contentType: 'application/xml' }, NO_SCHEMA],
    [{ schema: '{"type":' }, invalid('Invalid model schema specified')],
    [{ schema: '[]' }, invalid('Invalid model schema specified')],
    [{ schema: '{"type":"objekt"}' }, invalid('Invalid model schema specified')],
    [{ schema: '{"type":"object","required":[]}' }, invalid('Invalid model schema specified')],
    [{ schema: `{"not":${'{"not":'.repeat(100_000)}{}${'}'.repeat(100_001)}` }, invalid('Invalid model schema specified')],
    [
      { schema: '{"properties":{"example":{"example":1,"enum":[{"example":2}]}},"ref":"x"}' },
      invalid('Invalid model schema specified. Unsupported keyword(s): ["ref","example"]'),
    ],
    [{ schema: '{"type":"string","format":1}' }, invalid('Invalid model schema specified')],
    [{ schema: '{"enum":[1,{"a":1},{"a":1}]}' }, invalid('Invalid model schema specified')],
    [{ schema: '{"properties":{"a":{"properties":[]}}}' }, invalid('Invalid model schema specified')],
    [{ schema: '{"items":{"$ref":"Pet.json"}}' }, invalid('Model reference must be in canonical form')],
    [{ schema: '{"type":"object","$ref":[{"$ref":"#/definitions/B"}]}' }, invalid('Invalid model schema specified')],
    [{ schema: '{"items":{"$ref":1}}' }, invalid('Invalid model schema specified')],
    [{ contentType: 'json' }, invalid('Invalid content type specified: json')],
  ])('are refused with %j', async (more, message) => {
    const { id } = await api.newApi();
    expect(await refusal(create(id, more))).toBe(message);
  });

  it.each<[Operation, string]>([
    [
      { op: 'add', path: '/wrong-path', value: 'x' },
      "BadRequestException: Invalid patch path  '/wrong-path' specified for op 'add'. Please choose supported operations",
    ],
    [
      { op: 'replace', path: '/name', value: 'x' },
      "BadRequestException: Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]",
    ],
    [{ op: 'replace', path: '/schema', value: '' }, NO_SCHEMA],
    [{ op: 'replace', path: '/schema', value: '{"type":1}' }, invalid('Invalid model schema specified')],
  ])('refuse the patch %j', async (operation, message) => {
    const { id } = await api.newApi();
    const first: Operation = { op: 'replace', path: '/description', value: 'changed' };
    expect(await refusal(update(id, 'Empty', first, operation))).toBe(message);
    const { description } = await api.models.getModel(api.call, { restApiId: id, modelName: 'Empty' });
    expect(description).toBe('This is a default empty schema model');
  });

  it('are checked in no time, however large', async () => {
    const { id } = await api.newApi();
    const values = Array.from({ length: 100_000 }, (_, index) => [index]);
    const before = process.threadCpuUsage();
    await create(id, { schema: JSON.stringify({ enum: values }) });
    expect(await refusal(create(id, { name: 'Blank', schema: `${' '.repeat(1_000_000)}x` }))).not.toBe('no error');
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000);
  });

  it('keep what is no JSON as it is', async () => {
    const { id } = await api.newApi();
    expect((await create(id, { contentType: 'application/xml', schema: '<xs:schema/>' })).schema).toBe('<xs:schema/>');
  });

  it('may have properties named like members of Object', async () => {
    const { id } = await api.newApi();
    const schema = '{"properties":{"__proto__":{"type":"string"},"constructor":{"$ref":"#/properties/__proto__"}}}';
    expect((await create(id, { schema })).schema).toBe(schema);
  });
});

describe('references between models', () => {
  it('must lead to models of the API', async () => {
    const { id } = await api.newApi();
    const other = await api.newApi();
    expect(await refusal(create(id, { name: 'Pets', schema: refTo(id, 'Pet') }))).toBe(invalid('Invalid model specified: Pet'));
    expect(await refusal(create(id, { schema: refTo(other.id, 'Empty') }))).toBe(invalid('Invalid model specified: Empty'));
    await create(id);
    await create(id, { name: 'Pets', schema: refTo(id, 'Pet') });
    expect(await refusal(update(id, 'Pet', { op: 'replace', path: '/schema', value: refTo(id, 'None') }))).toBe(
      invalid('Invalid model specified: None'),
    );
    await update(id, 'Pet', { op: 'replace', path: '/schema', value: refTo(id, 'Pets') });
  });

  it('may lead to the model itself', async () => {
    const { id } = await api.newApi();
    const tree = `{"properties":{"children":{"type":"array","items":{"$ref":"${url(id, 'Tree')}"}}}}`;
    expect((await create(id, { name: 'Tree', schema: tree })).schema).toBe(tree);
    await remove(id, 'Tree');
  });

  it('are resolved in a flattened model and in its template', async () => {
    const { id } = await api.newApi();
    await create(id);
    await create(id, { name: 'Pets', schema: refTo(id, 'Pet') });
    const key = { restApiId: id, modelName: 'Pets' };
    expect((await api.models.getModel(api.call, { ...key, flatten: false })).schema).toBe(refTo(id, 'Pet'));
    const { schema } = await api.models.getModel(api.call, { ...key, flatten: true });
    expect(JSON.parse(schema!)).toEqual({
      type: 'array',
      items: { $ref: '#/definitions/Pet' },
      definitions: { Pet: JSON.parse(SCHEMA) as unknown },
    });
    expect(await api.models.getModelTemplate(api.call, key)).toEqual({
      value:
        '#set($inputRoot = $input.path(\'$\'))\n[\n#foreach($elem in $inputRoot)\n  {\n    "name": "$elem.name"\n  }#if($foreach.hasNext),#end\n\n#end\n]',
    });
  });
});

describe('DeleteModel', () => {
  it('is refused while a method request, a method response or another model names the model', async () => {
    const { id, rootResourceId } = await api.newApi();
    await create(id);
    const test = await api.newResource(id, rootResourceId, 'test');
    const at = (resourceId: string) => ({ restApiId: id, resourceId, httpMethod: 'ANY' });
    const models = { 'application/json': 'Pet' };
    const message = (user: string) => `ConflictException: Cannot delete model 'Pet', is referenced in ${user}`;

    await api.methods.putMethod(api.call, { ...at(test.id), authorizationType: 'NONE', requestModels: models });
    await api.methods.putMethod(api.call, { ...at(rootResourceId), authorizationType: 'NONE', requestModels: models });
    expect(await refusal(remove(id, 'Pet'))).toBe(message('method request: /test/ANY'));
    const patchOperations: Operation[] = [{ op: 'remove', path: '/requestModels/application~1json' }];
    await api.methods.updateMethod(api.call, { ...at(test.id), patchOperations } as never);
    expect(await refusal(remove(id, 'Pet'))).toBe(message('method request: //ANY'));
    await api.methods.deleteMethod(api.call, at(rootResourceId));

    await api.methodResponses.putMethodResponse(api.call, { ...at(test.id), statusCode: '200', responseModels: models });
    expect(await refusal(remove(id, 'Pet'))).toBe(message('method response: /test/ANY'));
    await api.resources.deleteResource(api.call, { restApiId: id, resourceId: test.id });

    await create(id, { name: 'Pets', schema: refTo(id, 'Pet') });
    expect(await refusal(remove(id, 'Pet'))).toBe(message('model: Pets'));
    await remove(id, 'Pets');
    await remove(id, 'Pet');
  });

  it('and a method that begins to use the model do not pass each other', async () => {
    const key = await api.newMethod();
    for (let round = 0; round < 5; round++) {
      const name = `Model${round}`;
      await create(key.restApiId, { name });
      const path = `/requestModels/application~1x${round}`;
      const [deleted, used] = await Promise.all([
        refusal(remove(key.restApiId, name)),
        refusal(api.methods.updateMethod(api.call, { ...key, patchOperations: [{ op: 'add', path, value: name }] })),
      ]);
      expect([deleted, used].filter((each) => each === 'no error')).toHaveLength(1);
    }
  });
});
