import { describe, expect, it } from 'vitest';
import { imported, methodOf, openApi, refusalOf } from '../import.fixture.js';

const pathsOf = (...paths: string[]) =>
  imported(openApi({ paths: Object.fromEntries(paths.map((path) => [path, {}])) })).definition.resources.map(({ path }) => path);

describe('paths', () => {
  it('are resources in the order of the document', () => {
    expect(pathsOf('/b', '/a/{id}/c', '/', '/files/{proxy+}', '/a_b-c.d,e:f')).toEqual([
      '/b',
      '/a/{id}/c',
      '/',
      '/files/{proxy+}',
      '/a_b-c.d,e:f',
    ]);
  });

  it('may end with a slash, which means nothing', () => {
    expect(pathsOf('/a/')).toEqual(['/a']);
    const { definition } = imported(openApi({ paths: { '/a': { get: {} }, '/a/': { post: {} } } }));
    expect(definition.resources.map((each) => [each.path, each.methods.length])).toEqual([['/a', 2]]);
    expect(refusalOf(openApi({ paths: { '/a': { get: {} }, '/a/': { get: {} } } }))).toContain(
      '/paths/~1a~1/get (line 12): the resource /a has a GET method already',
    );
  });

  it('have 100 segments at most', () => {
    expect(pathsOf('/a'.repeat(100))).toEqual(['/a'.repeat(100)]);
    expect(refusalOf(openApi({ paths: { ['/a'.repeat(101)]: {} } }))).toMatch(/\(line 8\): a path has at most 100 segments$/);
  });

  it('leave out extensions', () => {
    expect(pathsOf('x-other', '/a')).toEqual(['/a']);
  });

  it.each(['pets', '/a//b', '/a b', '/a/{b}c', '/a/{b', '/a/{}', '/a/é', '/a?b', '/a/{b+}/c', '/a/%20', '/{b+}c', '//'])(
    '%j is refused at its place',
    (path) => {
      const pointer = `/paths/${path.replaceAll('/', '~1')}`;
      expect(refusalOf(openApi({ paths: { [path]: {} } }))).toContain(`Invalid OpenAPI input. ${pointer} (line 8): `);
    },
  );
});

describe('request parameters', () => {
  const parametersOf = (path: string, item: object) => methodOf(openApi({ paths: { [path]: item } })).requestParameters;

  it('are those in headers, query strings and paths', () => {
    const parameters = [
      { name: 'X-A', in: 'header', required: true },
      { name: 'q', in: 'query' },
      { name: 'id', in: 'path' },
    ];
    expect(parametersOf('/a/{id}', { get: { parameters } })).toEqual({
      'method.request.header.X-A': true,
      'method.request.querystring.q': false,
      'method.request.path.id': true,
    });
  });

  it('have every parameter of the path but a greedy one that is not declared', () => {
    expect(parametersOf('/a/{b}/{c}/{d+}', { get: {} })).toEqual({
      'method.request.path.b': true,
      'method.request.path.c': true,
    });
    const proxy = { name: 'proxy', in: 'path', required: true };
    expect(parametersOf('/{proxy+}', { get: { parameters: [proxy] } })).toEqual({ 'method.request.path.proxy': true });
  });

  it('are those of the path, unless the operation has its own', () => {
    const item = {
      parameters: [
        { name: 'q', in: 'query', required: true },
        { name: 'r', in: 'query', required: true },
      ],
      get: { parameters: [{ name: 'q', in: 'query' }] },
    };
    expect(parametersOf('/a', item)).toEqual({ 'method.request.querystring.q': false, 'method.request.querystring.r': true });
  });

  it('may be shared', () => {
    const document = openApi({
      paths: { '/a': { get: { parameters: [{ $ref: '#/components/parameters/Page' }] } } },
      components: { parameters: { Page: { $ref: '#/components/parameters/Other' }, Other: { name: 'page', in: 'query' } } },
    });
    expect(methodOf(document).requestParameters).toEqual({ 'method.request.querystring.page': false });
  });

  it('in cookies are left out with a warning', () => {
    const { warnings } = imported(openApi({ paths: { '/a': { get: { parameters: [{ name: 'c', in: 'cookie' }] } } } }));
    expect(warnings).toEqual([
      "Unsupported parameter location 'cookie' of 'c' for method 'GET' on resource '/a'. Ignoring. [/paths/~1a/get/parameters/0 (line 11)]",
    ]);
  });
});
