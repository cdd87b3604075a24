import type { HttpMethod } from '@gatehouse/api-model';
import { describe, expect, it } from 'vitest';
import { parameterNames, RouteTree } from './route-tree.js';
import { hashOf } from './tree-layout.js';

/** A tree whose routes are named by `{VERB} {path}`. */
const treeOf = (...routes: string[]) =>
  new RouteTree(
    routes.map((route) => {
      const [httpMethod, path] = route.split(' ') as [HttpMethod, string];
      return { httpMethod, path, route };
    }),
  );

const find = (tree: RouteTree<string>, method: string, path: string) => {
  const match = tree.match(method, path);
  return match && [match.route, ...match.values];
};

describe('RouteTree', () => {
  const pets = treeOf(
    'GET /',
    'GET /pets',
    'GET /pets/{id}',
    'GET /pets/mine',
    'ANY /pets/{id}/toys',
    'GET /files/{proxy+}',
    'POST /{any}',
  );

  it.each([
    ['/', ['GET /']],
    ['', ['GET /']],
    ['/pets', ['GET /pets']],
    ['/pets/', ['GET /pets']],
    ['/pets//', ['GET /pets']],
    ['//pets', ['GET /pets']],
    ['/pets/7', ['GET /pets/{id}', '7']],
    ['/pets/7/', ['GET /pets/{id}', '7']],
    ['/pets/mine', ['GET /pets/mine']],
    ['/pets/foo%2Fbar', ['GET /pets/{id}', 'foo%2Fbar']],
    ['/pets/7/toys', ['ANY /pets/{id}/toys', '7']],
    ['/files/a', ['GET /files/{proxy+}', 'a']],
    ['/files/a/b//c', ['GET /files/{proxy+}', 'a/b//c']],
    ['/files/a/b/', ['GET /files/{proxy+}', 'a/b']],
    ['/files//a', ['GET /files/{proxy+}', '/a']],
  ])('finds %j', (path, found) => expect(find(pets, 'GET', path)).toEqual(found));

  it.each(['/Pets', '/pets/7/toys/x', '/files', '/files/', '/nix', '/pets//7', '/pets/7//toys', '/{any}/x', '/pets;x'])(
    'does not find %j',
    (path) => expect(find(pets, 'GET', path)).toBeUndefined(),
  );

  it('begins where the path goes on after the stage', () => {
    expect(pets.match('GET', '/prod/pets/7', 5)).toEqual({ route: 'GET /pets/{id}', values: ['7'] });
    expect(pets.match('GET', '/prod', 5)?.route).toBe('GET /');
    expect(pets.match('GET', '/prod/', 5)?.route).toBe('GET /');
    expect(pets.match('GET', '/prod//pets', 5)?.route).toBe('GET /pets');
  });

  it('takes static before {param} before {proxy+}, segment by segment from the left', () => {
    const tree = treeOf('GET /a/{x}', 'GET /{y}/b', 'GET /{z+}', 'GET /{y}/b/c');
    expect(find(tree, 'GET', '/a/b')).toEqual(['GET /a/{x}', 'b']);
    expect(find(tree, 'GET', '/x/b')).toEqual(['GET /{y}/b', 'x']);
    expect(find(tree, 'GET', '/a/b/c')).toEqual(['GET /{y}/b/c', 'a']);
    expect(find(tree, 'GET', '/a/b/d')).toEqual(['GET /{z+}', 'a/b/d']);
  });

  it('takes an exact verb before ANY, which covers seven verbs and no others', () => {
    const tree = treeOf('ANY /a', 'GET /a');
    expect(find(tree, 'GET', '/a')).toEqual(['GET /a']);
    for (const verb of ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']) expect(find(tree, verb, '/a')).toEqual(['ANY /a']);
    for (const verb of ['TRACE', 'ANY', 'get', 'CONNECT', '']) expect(find(tree, verb, '/a')).toBeUndefined();
  });

  it('does not serve HEAD by GET', () => expect(find(treeOf('GET /a'), 'HEAD', '/a')).toBeUndefined());

  it('falls back to a greedy resource that has the verb, but not past ANY', () => {
    const tree = treeOf('GET /a', 'POST /{proxy+}', 'ANY /b', 'GET /c/d');
    expect(find(tree, 'POST', '/a')).toEqual(['POST /{proxy+}', 'a']);
    expect(find(tree, 'POST', '/b')).toEqual(['ANY /b']);
    expect(find(tree, 'POST', '/c/d')).toEqual(['POST /{proxy+}', 'c/d']);
    expect(find(tree, 'PUT', '/a')).toBeUndefined();
  });

  it("security class: tenants' names as object keys: finds what is there and nothing else", () => {
    expect(find(treeOf('GET /a'), 'GET', '/constructor')).toBeUndefined();
    expect(find(treeOf('GET /a'), 'constructor', '/a')).toBeUndefined();
    expect(find(treeOf('GET /__proto__/{constructor}'), 'GET', '/__proto__/x')).toEqual(['GET /__proto__/{constructor}', 'x']);
  });

  it('security class: regular expressions that explode: hostile paths cost one look per segment', () => {
    const deep = `/${'a/'.repeat(2000)}x`;
    const tree = treeOf(`GET /${'{p}/'.repeat(50)}b`, 'GET /a/{proxy+}');
    expect(find(tree, 'GET', deep)?.[0]).toBe('GET /a/{proxy+}');
  });

  it('finds each of many routes, and nothing beside them, as a plain search does', () => {
    let seed = 11;
    const random = (below: number) => (seed = (seed * 48_271) % 0x7fffffff) % below;
    const segment = () => (random(4) === 0 ? '{p}' : `s${random(12)}${'x'.repeat(random(3) * 100)}`);
    const paths = new Set(
      Array.from({ length: 3000 }, () => {
        const path = `/${Array.from({ length: 1 + random(4) }, segment).join('/')}`;
        return random(5) === 0 ? `${path}/{rest+}` : path;
      }),
    );
    const verbs = ['ANY', 'GET', 'POST'];
    const routes = [...paths].flatMap((path) => verbs.filter(() => random(2) === 0).map((verb) => `${verb} ${path}`));
    const tree = treeOf(...routes);
    const known = new Set(routes);
    const method = (path: string) => [`GET ${path}`, `ANY ${path}`].find((route) => known.has(route));
    const search = (above: string, rest: readonly string[]): string | undefined => {
      if (rest.length === 0) return method(above);
      const [first, ...more] = rest as [string, ...string[]];
      return search(`${above}/${first}`, more) ?? search(`${above}/{p}`, more) ?? method(`${above}/{rest+}`);
    };
    let found = 0;
    for (let n = 0; n < 5000; n++) {
      const segments = Array.from({ length: 1 + random(5) }, () => segment().replace('{p}', `v${random(9)}`));
      const expected = search('', segments);
      if (expected !== undefined) found++;
      expect(tree.match('GET', `/${segments.join('/')}`)?.route).toBe(expected);
    }
    expect(found).toBeGreaterThan(1000);
  });

  it('security class: path normalisation: takes no segment for another one of the same hash', () => {
    const known = new Map<number, string>();
    let pairs = 0;
    for (let n = 0; n < 400_000; n++) {
      const segment = `${Math.imul(n, 0x9e3779b1).toString(36)}.${Math.imul(n, 0x85ebca6b).toString(36)}`;
      const other = known.get(hashOf(segment, 0, segment.length));
      known.set(hashOf(segment, 0, segment.length), segment);
      if (other === undefined) continue;
      pairs++;
      expect(find(treeOf(`GET /${other}`), 'GET', `/${segment}`)).toBeUndefined();
      const both = treeOf(`GET /${other}`, `GET /${segment}`);
      expect([find(both, 'GET', `/${other}`), find(both, 'GET', `/${segment}`)]).toEqual([
        [`GET /${other}`],
        [`GET /${segment}`],
      ]);
    }
    expect(pairs).toBeGreaterThan(0);
  });

  it.each(['pets', '/a//b', '/{proxy+}/x', '/a/', ''])('refuses %j as a resource path', (path) =>
    expect(() => treeOf(`GET ${path}`)).toThrow(TypeError),
  );
});

describe('parameterNames', () => {
  it('are in the order of the path', () => expect(parameterNames('/a/{b}/c/{d+}')).toEqual(['b', 'd']));
});
