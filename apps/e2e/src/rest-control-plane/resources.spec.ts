import {
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourcesCommand,
  PutMethodCommand,
  UpdateResourceCommand,
  type PatchOperation,
  type Resource,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  badRequest,
  conflict,
  ControlPlaneUnderTest,
  invalid,
  notFound,
  SHORT_ID,
  unknownApi,
} from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

const UNKNOWN = notFound('Invalid Resource identifier specified');
const taken = (part: string) => conflict(`Another resource with the same parent already has this name: ${part}`);
const secondVariable = (part: string) =>
  badRequest(`A sibling (${part}) of this resource already has a variable path part -- only one is allowed`);

const create = (restApiId: string, parentId: string, pathPart: string) =>
  plane.send(new CreateResourceCommand({ restApiId, parentId, pathPart })) as Promise<Required<Resource>>;
const refusalOfCreate = (restApiId: string, parentId: string, pathPart: string) =>
  plane.refusal(new CreateResourceCommand({ restApiId, parentId, pathPart }));
const patch = (restApiId: string, resourceId: string, ...patchOperations: PatchOperation[]) =>
  new UpdateResourceCommand({ restApiId, resourceId, patchOperations });
const rename = (restApiId: string, resourceId: string, value: string) =>
  patch(restApiId, resourceId, { op: 'replace', path: '/pathPart', value });
const move = (restApiId: string, resourceId: string, value: string) =>
  patch(restApiId, resourceId, { op: 'replace', path: '/parentId', value });
const list = async (restApiId: string, embed?: string[]) =>
  (await plane.send(new GetResourcesCommand({ restApiId, embed }))).items!;
const paths = async (restApiId: string) => (await list(restApiId)).map(({ path }) => path);

describe('CreateResource', () => {
  it('answers with the path, and without methods', async () => {
    const { restApiId, rootId } = await plane.newApi();
    const pets = await create(restApiId, rootId, 'pets');
    expect(pets).toEqual({ id: expect.stringMatching(SHORT_ID), parentId: rootId, pathPart: 'pets', path: '/pets' });
    const pet = await create(restApiId, pets.id, '{petId}');
    expect(pet).toEqual({
      id: expect.stringMatching(SHORT_ID),
      parentId: pets.id,
      pathPart: '{petId}',
      path: '/pets/{petId}',
    });
  });

  it.each(['a-b_c.d', 'v1:x', 'a,b', '{proxy+}', '{id}'])('takes %s', async (part) => {
    const { restApiId, rootId } = await plane.newApi();
    expect(await create(restApiId, rootId, part)).toMatchObject({ path: `/${part}` });
  });

  it.each(['a/b', 'a b', '{id', 'id}', 'x{id}', '{id}x', 'ä', '{a+b}'])('refuses %s', async (part) => {
    const { restApiId, rootId } = await plane.newApi();
    expect(await refusalOfCreate(restApiId, rootId, part)).toBe(
      badRequest(
        "Resource's path part only allow a-zA-Z0-9._- and curly braces at the beginning and the end and an optional plus sign before the closing brace.",
      ),
    );
  });

  it('refuses a second variable beside one, a child of a greedy one, and a name that a sibling has', async () => {
    const { restApiId, rootId } = await plane.newApi();
    const proxy = await create(restApiId, rootId, '{proxy+}');
    await create(restApiId, rootId, 'pets');
    expect(await refusalOfCreate(restApiId, rootId, '{id}')).toBe(secondVariable('{proxy+}'));
    expect(await refusalOfCreate(restApiId, rootId, '{other+}')).toBe(secondVariable('{proxy+}'));
    expect(await refusalOfCreate(restApiId, proxy.id, 'child')).toBe(
      badRequest('Cannot create a child of a resource with a greedy path variable: {proxy+}'),
    );
    expect(await refusalOfCreate(restApiId, rootId, 'pets')).toBe(taken('pets'));
    expect(await refusalOfCreate(restApiId, rootId, '{proxy+}')).toBe(taken('{proxy+}'));
  });

  it('does not know other parents and APIs', async () => {
    const { restApiId, rootId } = await plane.newApi();
    expect(await refusalOfCreate(restApiId, 'nosuch', 'a')).toBe(UNKNOWN);
    expect(await refusalOfCreate('nosuchapi1', rootId, 'a')).toBe(unknownApi('nosuchapi1'));
  });
});

describe('GetResource and GetResources', () => {
  it('show methods as empty objects, and whole where asked', async () => {
    const { restApiId, resourceId } = await plane.newMock();
    const bare = await create(restApiId, resourceId, 'bare');
    await plane.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: 'DELETE', authorizationType: 'NONE' }));
    const method = (httpMethod: string, more: object = {}) => ({
      httpMethod,
      authorizationType: 'NONE',
      apiKeyRequired: false,
      ...more,
    });
    const methodIntegration = {
      type: 'MOCK',
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29_000,
      cacheNamespace: resourceId,
      cacheKeyParameters: [],
    };
    const root = { id: resourceId, path: '/' };
    const whole = { ...root, resourceMethods: { DELETE: method('DELETE'), GET: method('GET', { methodIntegration }) } };
    expect(await list(restApiId)).toEqual([{ ...root, resourceMethods: { DELETE: {}, GET: {} } }, bare]);
    expect(await list(restApiId, ['methods'])).toEqual([whole, bare]);
    const get = (id: string, embed?: string[]) => plane.send(new GetResourceCommand({ restApiId, resourceId: id, embed }));
    expect(await get(resourceId)).toEqual({ ...root, resourceMethods: { DELETE: {}, GET: {} } });
    expect(await get(resourceId, ['methods'])).toEqual(whole);
    expect(await get(bare.id)).toEqual(bare);
    const wire = JSON.parse((await plane.raw('GET', `/restapis/${restApiId}/resources?embed=methods,apisummary`)).body) as object;
    expect(wire).toEqual({ item: [whole, bare] });
  });

  it('sort by path', async () => {
    const { restApiId, rootId } = await plane.newApi();
    const parent = await create(restApiId, rootId, 'parent');
    await create(restApiId, rootId, '{proxy+}');
    await create(restApiId, parent.id, 'child');
    await create(restApiId, rootId, 'a');
    expect(await paths(restApiId)).toEqual(['/', '/a', '/parent', '/parent/child', '/{proxy+}']);
  });

  it('do not know other resources and APIs', async () => {
    const { restApiId, rootId } = await plane.newApi();
    expect(await plane.refusal(new GetResourceCommand({ restApiId, resourceId: 'nosuch' }))).toBe(UNKNOWN);
    expect(await plane.refusal(new GetResourceCommand({ restApiId: 'nosuchapi1', resourceId: rootId }))).toBe(UNKNOWN);
    expect(await plane.refusal(new GetResourcesCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
  });
});

describe('UpdateResource', () => {
  it('renames and moves, and the paths of children follow', async () => {
    const { restApiId, rootId } = await plane.newApi();
    const pets = await create(restApiId, rootId, 'pets');
    const sub = await create(restApiId, pets.id, 'sub');
    await create(restApiId, sub.id, 'leaf');
    expect(await plane.send(rename(restApiId, pets.id, 'dogs'))).toEqual({ ...pets, pathPart: 'dogs', path: '/dogs' });
    expect(await paths(restApiId)).toEqual(['/', '/dogs', '/dogs/sub', '/dogs/sub/leaf']);
    expect(await plane.send(move(restApiId, sub.id, rootId))).toEqual({ ...sub, parentId: rootId, path: '/sub' });
    expect(await paths(restApiId)).toEqual(['/', '/dogs', '/sub', '/sub/leaf']);
    expect(await plane.send(patch(restApiId, pets.id))).toEqual({ ...pets, pathPart: 'dogs', path: '/dogs' });
  });

  it('refuses what would break the tree', async () => {
    const { restApiId, rootId } = await plane.newApi();
    const pets = await create(restApiId, rootId, 'pets');
    const sub = await create(restApiId, pets.id, 'sub');
    const inner = await create(restApiId, sub.id, 'pets');
    const refused = (command: UpdateResourceCommand) => plane.refusal(command);
    expect(await refused(move(restApiId, pets.id, inner.id))).toBe(badRequest('Resources cannot be cyclical.'));
    expect(await refused(move(restApiId, inner.id, rootId))).toBe(taken('pets'));
    expect(await refused(rename(restApiId, rootId, 'x'))).toBe(badRequest('Root resource cannot update its pathPart.'));
    expect(await refused(move(restApiId, rootId, pets.id))).toBe(badRequest('Root resource cannot update its parentId.'));
    expect(await refused(move(restApiId, pets.id, 'nosuch'))).toBe(UNKNOWN);
    await create(restApiId, rootId, '{id}');
    expect(await refused(rename(restApiId, pets.id, '{other}'))).toBe(secondVariable('{id}'));
    expect(await paths(restApiId)).toEqual(['/', '/pets', '/pets/sub', '/pets/sub/pets', '/{id}']);
  });

  it('refuses other paths and operations, and unknown resources', async () => {
    const { restApiId, rootId } = await plane.newApi();
    const { id } = await create(restApiId, rootId, 'pets');
    expect(await plane.refusal(patch(restApiId, id, { op: 'replace', path: '/nosuch', value: 'x' }))).toBe(
      badRequest("Invalid patch path  '/nosuch' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"),
    );
    expect(await plane.refusal(patch(restApiId, id, { op: 'remove', path: '/pathPart' }))).toBe(
      badRequest("Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations"),
    );
    const wrong = { op: 'x', path: '/pathPart' } as unknown as PatchOperation;
    expect(await plane.refusal(patch(restApiId, id, wrong))).toBe(
      invalid(
        "Value 'x' at 'updateResourceInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
      ),
    );
    expect(await plane.refusal(rename(restApiId, 'nosuch', 'x'))).toBe(UNKNOWN);
    expect(await plane.refusal(rename('nosuchapi1', id, 'x'))).toBe(UNKNOWN);
  });
});

describe('DeleteResource', () => {
  it('removes the subtree, never the root', async () => {
    const { restApiId, rootId } = await plane.newApi();
    const pets = await create(restApiId, rootId, 'pets');
    const sub = await create(restApiId, pets.id, 'sub');
    const remove = (resourceId: string, api = restApiId) => new DeleteResourceCommand({ restApiId: api, resourceId });
    await plane.send(remove(pets.id));
    expect(await paths(restApiId)).toEqual(['/']);
    expect(await plane.refusal(remove(sub.id))).toBe(UNKNOWN);
    expect(await plane.refusal(remove(pets.id))).toBe(UNKNOWN);
    expect(await plane.refusal(remove(rootId, 'nosuchapi1'))).toBe(UNKNOWN);
    expect(await plane.refusal(remove(rootId))).toMatch(/^BadRequestException 400: /);
  });
});
