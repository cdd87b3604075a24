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

const UNKNOWN = 'NotFoundException: Invalid Resource identifier specified';

const update = (
  restApiId: string,
  resourceId: string,
  ...patchOperations: { op: 'replace' | 'add' | 'remove'; path: string; value?: string }[]
) => api.resources.updateResource(api.call, { restApiId, resourceId, patchOperations });
const rename = (restApiId: string, resourceId: string, value: string) =>
  update(restApiId, resourceId, { op: 'replace', path: '/pathPart', value });
const move = (restApiId: string, resourceId: string, value: string) =>
  update(restApiId, resourceId, { op: 'replace', path: '/parentId', value });
const paths = async (restApiId: string) =>
  (await api.resources.getResources(api.call, { restApiId })).item!.map(({ path }) => path);

describe('CreateResource', () => {
  it('answers with the path and without members that the resource has not', async () => {
    const { id, rootResourceId } = await api.newApi();
    const pets = await api.newResource(id, rootResourceId, 'pets');
    expect(JSON.parse(JSON.stringify(pets))).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      parentId: rootResourceId,
      pathPart: 'pets',
      path: '/pets',
    });
    const pet = await api.newResource(id, pets.id, '{petId}');
    expect(pet.path).toBe('/pets/{petId}');
    expect(await api.resources.getResource(api.call, { restApiId: id, resourceId: pet.id })).toEqual(pet);
  });

  it('allows one variable below a parent, names beside it, and no child of a greedy one', async () => {
    const { id, rootResourceId } = await api.newApi();
    const proxy = await api.newResource(id, rootResourceId, '{proxy+}');
    await api.newResource(id, rootResourceId, 'parent');
    for (const part of ['{dynamic}', '{other+}']) {
      expect(await refusal(api.newResource(id, rootResourceId, part))).toBe(
        'BadRequestException: A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed',
      );
    }
    for (const part of ['child', '{child}']) {
      expect(await refusal(api.newResource(id, proxy.id, part))).toBe(
        'BadRequestException: Cannot create a child of a resource with a greedy path variable: {proxy+}',
      );
    }
  });

  it('refuses a name that a sibling has', async () => {
    const { id, rootResourceId } = await api.newApi();
    await api.newResource(id, rootResourceId, 'pets');
    expect(await refusal(api.newResource(id, rootResourceId, 'pets'))).toBe(
      'ConflictException: Another resource with the same parent already has this name: pets',
    );
  });

  it('refuses unknown parents and APIs', async () => {
    const { id, rootResourceId } = await api.newApi();
    expect(await refusal(api.newResource(id, 'nope', 'pets'))).toBe(UNKNOWN);
    const other = await api.newApi();
    expect(await refusal(api.newResource(other.id, rootResourceId, 'pets'))).toBe(UNKNOWN);
    expect(await refusal(api.newResource('nope', rootResourceId, 'pets'))).toBe(
      'NotFoundException: Invalid API identifier specified 123456789012:nope',
    );
  });

  it('refuses a path part that is none', async () => {
    const { id, rootResourceId } = await api.newApi();
    expect(await refusal(api.newResource(id, rootResourceId, 'a/b'))).toContain(
      "BadRequestException: Resource's path part only allow",
    );
  });
});

describe('GetResources', () => {
  it('sorts by path and pages', async () => {
    const { id, rootResourceId } = await api.newApi();
    const parent = await api.newResource(id, rootResourceId, 'parent');
    await api.newResource(id, rootResourceId, '{proxy+}');
    await api.newResource(id, parent.id, '{proxy+}');
    const child = await api.newResource(id, parent.id, 'child');
    await api.newResource(id, child.id, '{proxy+}');
    const expected = ['/', '/parent', '/parent/child', '/parent/child/{proxy+}', '/parent/{proxy+}', '/{proxy+}'];
    expect(await paths(id)).toEqual(expected);

    const seen: string[] = [];
    let position: string | undefined;
    do {
      const page = await api.resources.getResources(api.call, { restApiId: id, limit: 4, position });
      seen.push(...page.item!.map(({ path }) => path!));
      position = page.position;
    } while (position);
    expect(seen).toEqual(expected);
  });

  it('shows methods as empty objects, or whole with embed=methods', async () => {
    const { restApiId, resourceId } = await api.newMethod();
    await api.methods.putMethod(api.call, { restApiId, resourceId, httpMethod: 'DELETE', authorizationType: 'NONE' });
    await api.newResource(restApiId, resourceId, 'bare');
    const list = async (embed?: string[]) => (await api.resources.getResources(api.call, { restApiId, embed })).item!;
    const [root, bare] = await list();
    expect(root!.resourceMethods).toEqual({ DELETE: {}, GET: {} });
    expect(bare!.resourceMethods).toBeUndefined();
    for (const embed of [['methods'], ['apisummary,methods'], ['apisummary', 'methods']]) {
      const [embedded] = await list(embed);
      expect(embedded!.resourceMethods!.GET).toMatchObject({
        httpMethod: 'GET',
        authorizationType: 'NONE',
        apiKeyRequired: false,
      });
    }
    expect((await list(['apisummary']))[0]!.resourceMethods).toEqual({ DELETE: {}, GET: {} });
    const one = await api.resources.getResource(api.call, { restApiId, resourceId, embed: ['methods'] });
    expect(one.resourceMethods!.DELETE).toMatchObject({ httpMethod: 'DELETE' });
  });

  it('does not know other APIs, and refuses positions of its own making only', async () => {
    expect(await refusal(api.resources.getResources(api.call, { restApiId: 'nope' }))).toBe(
      'NotFoundException: Invalid API identifier specified 123456789012:nope',
    );
    const { id } = await api.newApi();
    expect(await refusal(api.resources.getResources(api.call, { restApiId: id, position: 'x' }))).toBe(
      'BadRequestException: Invalid position parameter',
    );
  });
});

describe('GetResource', () => {
  it('does not know other resources, APIs or scopes', async () => {
    const { id, rootResourceId } = await api.newApi();
    const get = (restApiId: string, resourceId: string, call = api.call) =>
      refusal(api.resources.getResource(call, { restApiId, resourceId }));
    expect(await get(id, 'nope')).toBe(UNKNOWN);
    expect(await get('nope', rootResourceId)).toBe(UNKNOWN);
    expect(await get(id, rootResourceId, testCall({ accountId: '123456789012', region: 'eu-west-1' }))).toBe(UNKNOWN);
  });
});

describe('UpdateResource', () => {
  it('renames and moves with everything below', async () => {
    const { id, rootResourceId } = await api.newApi();
    const pets = await api.newResource(id, rootResourceId, 'pets');
    const sub = await api.newResource(id, pets.id, 'sub');
    await api.newResource(id, sub.id, 'leaf');
    expect(await rename(id, pets.id, 'dogs')).toMatchObject({
      id: pets.id,
      parentId: rootResourceId,
      pathPart: 'dogs',
      path: '/dogs',
    });
    expect(await paths(id)).toEqual(['/', '/dogs', '/dogs/sub', '/dogs/sub/leaf']);
    expect(await move(id, sub.id, rootResourceId)).toMatchObject({ parentId: rootResourceId, path: '/sub' });
    expect(await paths(id)).toEqual(['/', '/dogs', '/sub', '/sub/leaf']);
  });

  it('keeps a resource that stays what it was', async () => {
    const { id, rootResourceId } = await api.newApi();
    const pet = await api.newResource(id, rootResourceId, '{pet}');
    expect(await rename(id, pet.id, '{pet}')).toMatchObject({ path: '/{pet}' });
    expect(await rename(id, pet.id, '{dog}')).toMatchObject({ path: '/{dog}' });
    expect(await update(id, rootResourceId)).toMatchObject({ path: '/' });
  });

  it('refuses cycles, siblings of the same name, second variables and unknown parents', async () => {
    const { id, rootResourceId } = await api.newApi();
    const pets = await api.newResource(id, rootResourceId, 'pets');
    const sub = await api.newResource(id, pets.id, 'sub');
    const inner = await api.newResource(id, sub.id, 'pets');
    const taken = 'ConflictException: Another resource with the same parent already has this name: pets';
    expect(await refusal(move(id, inner.id, rootResourceId))).toBe(taken);
    expect(await refusal(move(id, pets.id, sub.id))).toBe('BadRequestException: Resources cannot be cyclical.');
    expect(await refusal(move(id, pets.id, inner.id))).toBe('BadRequestException: Resources cannot be cyclical.');
    expect(await refusal(move(id, pets.id, pets.id))).toBe('BadRequestException: Resources cannot be cyclical.');
    expect(await refusal(move(id, pets.id, 'fake-parent-id'))).toBe(UNKNOWN);
    await move(id, sub.id, rootResourceId);
    expect(await refusal(rename(id, sub.id, 'pets'))).toBe(taken);
    await api.newResource(id, rootResourceId, '{id}');
    expect(await refusal(rename(id, pets.id, '{other}'))).toBe(
      'BadRequestException: A sibling ({id}) of this resource already has a variable path part -- only one is allowed',
    );
    expect(await refusal(rename(id, sub.id, '{rest+}'))).toBe(
      'BadRequestException: Cannot create a child of a resource with a greedy path variable: {rest+}',
    );
    expect(await paths(id)).toEqual(['/', '/pets', '/sub', '/sub/pets', '/{id}']);
  });

  it('neither renames nor moves the root', async () => {
    const { id, rootResourceId } = await api.newApi();
    const pets = await api.newResource(id, rootResourceId, 'pets');
    expect(await refusal(rename(id, rootResourceId, 'x'))).toBe('BadRequestException: Root resource cannot update its pathPart.');
    expect(await refusal(move(id, rootResourceId, pets.id))).toBe(
      'BadRequestException: Root resource cannot update its parentId.',
    );
  });

  it('refuses other paths and operations in words of AWS', async () => {
    const { id, rootResourceId } = await api.newApi();
    const pets = await api.newResource(id, rootResourceId, 'pets');
    expect(await refusal(update(id, pets.id, { op: 'replace', path: '/invalid', value: 'dogs' }))).toBe(
      "BadRequestException: Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
    );
    expect(await refusal(update(id, pets.id, { op: 'remove', path: '/pathPart' }))).toBe(
      "BadRequestException: Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
    );
    expect(await refusal(update(id, pets.id, { op: 'add', path: '/pathPart', value: 'x' }))).toBe(
      "BadRequestException: Invalid patch path  '/pathPart' specified for op 'add'. Please choose supported operations",
    );
    expect(await refusal(rename(id, 'nope', 'x'))).toBe(UNKNOWN);
    expect(await refusal(rename('nope', pets.id, 'x'))).toBe(UNKNOWN);
  });
});

describe('DeleteResource', () => {
  it('removes the subtree', async () => {
    const { id, rootResourceId } = await api.newApi();
    const pets = await api.newResource(id, rootResourceId, 'pets');
    const sub = await api.newResource(id, pets.id, 'sub');
    await api.methods.putMethod(api.call, { restApiId: id, resourceId: sub.id, httpMethod: 'GET', authorizationType: 'NONE' });
    const remove = (resourceId: string) => api.resources.deleteResource(api.call, { restApiId: id, resourceId });
    await remove(pets.id);
    expect(await paths(id)).toEqual(['/']);
    expect(await refusal(remove(sub.id))).toBe(UNKNOWN);
    expect(await refusal(remove(rootResourceId))).toBe('BadRequestException: Root resource cannot be deleted.');
  });

  it('does not know resources of other APIs', async () => {
    const { id, rootResourceId } = await api.newApi();
    const pets = await api.newResource(id, rootResourceId, 'pets');
    const other = await api.newApi();
    expect(await refusal(api.resources.deleteResource(api.call, { restApiId: other.id, resourceId: pets.id }))).toBe(UNKNOWN);
    expect(await refusal(api.resources.deleteResource(api.call, { restApiId: 'nope', resourceId: pets.id }))).toBe(UNKNOWN);
  });
});

describe('parallel edits of one API', () => {
  it('by 20 clients all succeed', async () => {
    const { id, rootResourceId } = await api.newApi();
    const client = async (n: number) => {
      const call = testCall();
      const { id: resourceId } = await api.resources.createResource(call, {
        restApiId: id,
        parentId: rootResourceId,
        pathPart: `r${n}`,
      });
      const key = { restApiId: id, resourceId: resourceId!, httpMethod: 'GET' };
      await api.methods.putMethod(call, { ...key, authorizationType: 'NONE' });
      await api.integrations.putIntegration(call, {
        ...key,
        type: 'HTTP',
        integrationHttpMethod: 'GET',
        uri: `http://backend/${n}`,
      });
      await api.resources.updateResource(call, {
        restApiId: id,
        resourceId: resourceId!,
        patchOperations: [{ op: 'replace', path: '/pathPart', value: `renamed${n}` }],
      });
      await api.restApis.updateRestApi(call, {
        restApiId: id,
        patchOperations: [{ op: 'add', path: `/binaryMediaTypes/image~1${n}` }],
      });
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => client(n)));
    const { item } = await api.resources.getResources(api.call, { restApiId: id, embed: ['methods'] });
    const uris = item!
      .map(({ resourceMethods }) => resourceMethods?.GET?.methodIntegration?.uri)
      .filter((uri) => uri !== undefined);
    expect(uris.sort()).toEqual(Array.from({ length: 20 }, (_, n) => `http://backend/${n}`).sort());
    expect((await api.restApis.getRestApi(api.call, { restApiId: id })).binaryMediaTypes).toHaveLength(20);
  });

  it('of one method lose nothing', async () => {
    const key = await api.newMethod();
    const codes = Array.from({ length: 20 }, (_, n) => `${200 + n}`);
    await Promise.all(codes.map((statusCode) => api.methodResponses.putMethodResponse(testCall(), { ...key, statusCode })));
    const { methodResponses } = await api.methods.getMethod(api.call, key);
    expect(Object.keys(methodResponses!)).toEqual(codes);
  });

  it('that want the same name get one success and true conflicts', async () => {
    const { id, rootResourceId } = await api.newApi();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        refusal(api.resources.createResource(testCall(), { restApiId: id, parentId: rootResourceId, pathPart: 'same' })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'no error')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(
      new Set(['no error', 'ConflictException: Another resource with the same parent already has this name: same']),
    );
  });

  it('against its deletion leave nothing behind', async () => {
    const { id, rootResourceId } = await api.newApi();
    const outcomes = await Promise.all([
      ...Array.from({ length: 10 }, (_, n) =>
        refusal(api.resources.createResource(testCall(), { restApiId: id, parentId: rootResourceId, pathPart: `r${n}` })),
      ),
      refusal(api.restApis.deleteRestApi(testCall(), { restApiId: id })),
    ]);
    const allowed = ['no error', `NotFoundException: Invalid API identifier specified 123456789012:${id}`];
    for (const outcome of outcomes) expect(allowed).toContain(outcome);
    const [{ count }] = await api.database.query('SELECT count(*)::int AS count FROM resources WHERE api_id = $1', [id]);
    expect(count).toBe(0);
  });
});
