import {
  CreateDocumentationPartCommand,
  CreateDocumentationVersionCommand,
  DeleteDocumentationPartCommand,
  DeleteDocumentationVersionCommand,
  GetDocumentationPartCommand,
  GetDocumentationPartsCommand,
  GetDocumentationVersionCommand,
  GetDocumentationVersionsCommand,
  GetStageCommand,
  ImportDocumentationPartsCommand,
  UpdateDocumentationPartCommand,
  UpdateDocumentationVersionCommand,
  type DocumentationPartLocation,
  type ImportDocumentationPartsCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badRequest, ControlPlaneUnderTest, invalid, notFound, SHORT_ID, unknownApi } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

const NO_PART = notFound('Invalid Documentation part identifier specified');
const OPERATIONS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';
const properties = '{"description":"d"}';

const create = (restApiId: string, location: DocumentationPartLocation, text = properties) =>
  new CreateDocumentationPartCommand({ restApiId, location, properties: text });
const patchPart = (restApiId: string, documentationPartId: string, ...patchOperations: PatchOperation[]) =>
  new UpdateDocumentationPartCommand({ restApiId, documentationPartId, patchOperations });

describe('documentation parts', () => {
  it('are created, read, listed, patched and deleted', async () => {
    const { restApiId } = await plane.newApi();
    const location = { type: 'METHOD', path: '/pets', method: 'GET' } as const;
    const part = await plane.send(create(restApiId, location));
    expect(part).toEqual({ id: expect.stringMatching(SHORT_ID), location, properties });
    const key = { restApiId, documentationPartId: part.id };
    expect(await plane.send(new GetDocumentationPartCommand(key))).toEqual(part);
    const api = await plane.send(create(restApiId, { type: 'API' }));
    const { items, position } = await plane.send(new GetDocumentationPartsCommand({ restApiId }));
    expect(position).toBeUndefined();
    expect(items).toHaveLength(2);
    expect(items).toEqual(expect.arrayContaining([part, api]));
    const changed = { ...part, properties: '{"summary":"s"}' };
    const update = patchPart(restApiId, part.id!, { op: 'replace', path: '/properties', value: changed.properties });
    expect(await plane.send(update)).toEqual(changed);
    expect(await plane.send(patchPart(restApiId, part.id!))).toEqual(changed);
    expect(await plane.send(new DeleteDocumentationPartCommand(key))).toEqual({});
    expect(await plane.refusal(new GetDocumentationPartCommand(key))).toBe(NO_PART);
    expect(await plane.refusal(new DeleteDocumentationPartCommand(key))).toBe(NO_PART);
    expect(await plane.refusal(update)).toBe(NO_PART);
  });

  it.each<[DocumentationPartLocation]>([
    [{ type: 'API' }],
    [{ type: 'AUTHORIZER', name: 'a' }],
    [{ type: 'MODEL', name: 'm' }],
    [{ type: 'RESOURCE', path: '/pets' }],
    [{ type: 'METHOD', path: '/pets', method: 'GET' }],
    [{ type: 'PATH_PARAMETER', path: '/pets', method: 'GET', name: 'id' }],
    [{ type: 'QUERY_PARAMETER', path: '/pets', method: 'GET', name: 'q' }],
    [{ type: 'REQUEST_HEADER', path: '/pets', method: 'GET', name: 'h' }],
    [{ type: 'REQUEST_BODY', path: '/pets', method: 'POST' }],
    [{ type: 'RESPONSE', path: '/pets', method: 'GET', statusCode: '200' }],
    [{ type: 'RESPONSE_HEADER', path: '/pets', method: 'GET', statusCode: '200', name: 'h' }],
    [{ type: 'RESPONSE_BODY', path: '/pets', method: 'GET', statusCode: '200' }],
  ])('may stand at %j, once', async (location) => {
    const { restApiId } = await plane.newApi();
    expect((await plane.send(create(restApiId, location))).location).toEqual(location);
    expect(await plane.refusal(create(restApiId, location))).toMatch(/^ConflictException 409: /);
  });

  it('are filtered by type, path, name and whether they are documented', async () => {
    const { restApiId } = await plane.newApi();
    for (const location of [{ type: 'API' }, { type: 'RESOURCE', path: '/pets' }, { type: 'MODEL', name: 'Pet' }] as const) {
      await plane.send(create(restApiId, location));
    }
    const types = async (query: object) =>
      (await plane.send(new GetDocumentationPartsCommand({ restApiId, ...query }))).items!.map(({ location }) => location!.type);
    expect(await types({ type: 'RESOURCE' })).toEqual(['RESOURCE']);
    expect(await types({ path: '/pets' })).toEqual(['RESOURCE']);
    expect(await types({ nameQuery: 'Pet' })).toEqual(['MODEL']);
    expect((await types({ locationStatus: 'DOCUMENTED' })).sort()).toEqual(['API', 'MODEL', 'RESOURCE']);
  });

  it('of unknown APIs are themselves not found', async () => {
    const key = { restApiId: 'nosuchapi1', documentationPartId: 'nosuch' };
    const refused = [
      await plane.refusal(new GetDocumentationPartCommand(key)),
      await plane.refusal(patchPart('nosuchapi1', 'nosuch', { op: 'replace', path: '/properties', value: '{}' })),
    ];
    expect(refused).toEqual([NO_PART, NO_PART]);
  });

  it('of unknown APIs cannot be deleted', async () => {
    const command = new DeleteDocumentationPartCommand({ restApiId: 'nosuchapi1', documentationPartId: 'nosuch' });
    expect(await plane.refusal(command)).toBe(unknownApi('nosuchapi1'));
  });

  it('are refused with a type that is none, unknown paths of patches and unknown APIs', async () => {
    const { restApiId } = await plane.newApi();
    expect(await plane.refusal(create('nosuchapi1', { type: 'WRONG' as never }))).toBe(
      invalid(
        "Value 'WRONG' at 'createDocumentationPartInput.location.type' failed to satisfy constraint: Member must satisfy enum value set: [RESPONSE_BODY, RESPONSE, METHOD, MODEL, AUTHORIZER, RESPONSE_HEADER, RESOURCE, PATH_PARAMETER, REQUEST_BODY, QUERY_PARAMETER, API, REQUEST_HEADER]",
      ),
    );
    expect(await plane.refusal(create('nosuchapi1', { type: 'API' }))).toBe(unknownApi('nosuchapi1'));
    expect(await plane.refusal(new GetDocumentationPartsCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
    const { id } = await plane.send(create(restApiId, { type: 'API' }));
    expect(await plane.refusal(patchPart(restApiId, id!, { op: 'replace', path: '/location', value: 'x' }))).toBe(
      badRequest("Invalid patch path  '/location' specified for op 'replace'. Must be one of: [/properties]"),
    );
    expect(await plane.refusal(patchPart(restApiId, id!, { op: 'add', path: '/properties', value: '{}' }))).toBe(
      badRequest("Invalid patch path  '/properties' specified for op 'add'. Please choose supported operations"),
    );
    expect(await plane.refusal(patchPart(restApiId, id!, { op: 'x' as never, path: '/properties' }))).toBe(
      invalid(
        `Value 'x' at 'updateDocumentationPartInput.patchOperations.1.member.op' failed to satisfy constraint: ${OPERATIONS}`,
      ),
    );
  });
});

describe('ImportDocumentationParts', () => {
  const document = (...locations: object[]) =>
    Buffer.from(
      JSON.stringify({
        swagger: '2.0',
        info: { title: 't', version: '1' },
        paths: {},
        'x-amazon-apigateway-documentation': {
          version: '1',
          documentationParts: locations.map((location) => ({ location, properties: { description: 'imported' } })),
        },
      }),
    );
  const load = (restApiId: string, body: Buffer, more: Partial<ImportDocumentationPartsCommandInput> = {}) =>
    new ImportDocumentationPartsCommand({ restApiId, body, ...more });
  const found = async (restApiId: string) =>
    (await plane.send(new GetDocumentationPartsCommand({ restApiId }))).items!.map(
      (part) => `${part.location!.type} ${(JSON.parse(part.properties!) as { description: string }).description}`,
    );

  it('merges by default, and overwrites on request', async () => {
    const { restApiId } = await plane.newApi();
    await plane.send(create(restApiId, { type: 'API' }));
    await plane.send(create(restApiId, { type: 'MODEL', name: 'm' }));
    const merged = await plane.send(load(restApiId, document({ type: 'API' }, { type: 'RESOURCE', path: '/pets' })));
    expect(merged).toEqual({ ids: [expect.stringMatching(SHORT_ID), expect.stringMatching(SHORT_ID)] });
    expect((await found(restApiId)).sort()).toEqual(['API imported', 'MODEL d', 'RESOURCE imported']);
    await plane.send(load(restApiId, document({ type: 'API' }), { mode: 'overwrite' }));
    expect(await found(restApiId)).toEqual(['API imported']);
  });

  it('refuses what is no document, and unknown APIs', async () => {
    const { restApiId } = await plane.newApi();
    expect(await plane.refusal(load(restApiId, Buffer.from('nonsense')))).toBe(
      badRequest('Unable to build importer with provided input.'),
    );
    expect(await plane.refusal(load('nosuchapi1', document({ type: 'API' })))).toBe(unknownApi('nosuchapi1'));
  });
});

describe('documentation versions', () => {
  const make = (restApiId: string, documentationVersion: string, more: object = {}) =>
    new CreateDocumentationVersionCommand({ restApiId, documentationVersion, ...more });

  it('are created, read, listed, described and deleted', async () => {
    const { restApiId, stageName } = await plane.newStage();
    await plane.send(create(restApiId, { type: 'API' }));
    const first = await plane.send(make(restApiId, '1.0'));
    expect(first).toEqual({ version: '1.0', createdDate: expect.any(Date) });
    const second = await plane.send(make(restApiId, '2', { description: 'd', stageName }));
    expect(second).toEqual({ version: '2', createdDate: expect.any(Date), description: 'd' });
    expect((await plane.send(new GetStageCommand({ restApiId, stageName }))).documentationVersion).toBe('2');
    const key = { restApiId, documentationVersion: '1.0' };
    expect(await plane.send(new GetDocumentationVersionCommand(key))).toEqual(first);
    const { items } = await plane.send(new GetDocumentationVersionsCommand({ restApiId }));
    expect(items).toHaveLength(2);
    expect(items).toEqual(expect.arrayContaining([first, second]));
    const patch = (operation: PatchOperation) => new UpdateDocumentationVersionCommand({ ...key, patchOperations: [operation] });
    expect(await plane.send(patch({ op: 'replace', path: '/description', value: 'n' }))).toEqual({ ...first, description: 'n' });
    expect(await plane.refusal(patch({ op: 'replace', path: '/version', value: 'n' }))).toBe(
      badRequest("Invalid patch path  '/version' specified for op 'replace'. Must be one of: [/description]"),
    );
    expect(await plane.send(new DeleteDocumentationVersionCommand(key))).toEqual({});
    const unknown = notFound('Invalid Documentation version specified');
    expect(await plane.refusal(new GetDocumentationVersionCommand(key))).toBe(unknown);
    expect(await plane.refusal(new DeleteDocumentationVersionCommand(key))).toBe(unknown);
    expect(await plane.refusal(patch({ op: 'replace', path: '/description', value: 'n' }))).toBe(unknown);
  });

  it('are refused twice, and of unknown APIs and stages', async () => {
    const { restApiId } = await plane.newApi();
    await plane.send(create(restApiId, { type: 'API' }));
    await plane.send(make(restApiId, '1'));
    expect(await plane.refusal(make(restApiId, '1'))).toMatch(/^ConflictException 409: /);
    expect(await plane.refusal(make(restApiId, '2', { stageName: 'nosuch' }))).toBe(
      notFound('Invalid Stage identifier specified'),
    );
    expect(await plane.refusal(make('nosuchapi1', '1'))).toBe(unknownApi('nosuchapi1'));
    expect(await plane.refusal(new GetDocumentationVersionsCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
  });
});
