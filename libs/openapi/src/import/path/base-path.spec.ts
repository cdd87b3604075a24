import { describe, expect, it } from 'vitest';
import { imported, openApi, refusalOf, swagger } from '../import.fixture.js';
import type { BasePathMode } from './base-path.js';

const paths = { '/test': { get: {} }, '/': { get: {} } };
const pathsOf = (document: object, basepath: BasePathMode) =>
  imported(document, { basepath }).definition.resources.map((resource) => resource.path);

const url = openApi({ servers: [{ url: 'https://testdomain.com/base-url/part/' }, { url: '/other' }], paths });
const variable = openApi({
  servers: [{ url: 'https://testdomain.com/{basePath}', variables: { basePath: { default: 'base-var' } } }],
  paths,
});
const basePath = swagger({ host: 'x.example.com', basePath: '/a/b/c', paths });

describe('basepath', () => {
  it.each<[string, object, BasePathMode, string[]]>([
    ['server URL', url, 'ignore', ['/test', '/']],
    ['server URL', url, 'prepend', ['/base-url/part/test', '/base-url/part']],
    ['server URL', url, 'split', ['/part/test', '/part']],
    ['server variable', variable, 'ignore', ['/test', '/']],
    ['server variable', variable, 'prepend', ['/base-var/test', '/base-var']],
    ['server variable', variable, 'split', ['/test', '/']],
    ['Swagger', basePath, 'ignore', ['/test', '/']],
    ['Swagger', basePath, 'prepend', ['/a/b/c/test', '/a/b/c']],
    ['Swagger', basePath, 'split', ['/b/c/test', '/b/c']],
  ])('of a %s, %o, %s: %j', (_, document, mode, expected) => {
    expect(pathsOf(document, mode)).toEqual(expected);
  });

  it.each([
    swagger({ paths }),
    swagger({ basePath: '/', paths }),
    openApi({ paths }),
    openApi({ servers: [], paths }),
    openApi({ servers: [{ url: '/' }], paths }),
    openApi({ servers: [{ url: 'https://example.com' }], paths }),
    openApi({ servers: [{ url: '//example.com/?x=/y#/z' }], paths }),
  ])('is nothing in %j', (document) => {
    expect(pathsOf(document, 'prepend')).toEqual(['/test', '/']);
  });

  it('is taken from a relative URL and the defaults of other variables', () => {
    const servers = [{ url: '/v{version}/{unknown}', variables: { version: { default: 2 } } }];
    expect(pathsOf(openApi({ servers, paths }), 'prepend')).toEqual(['/v2/{unknown}/test', '/v2/{unknown}']);
    expect(pathsOf(swagger({ basePath: 'v1', paths }), 'prepend')).toEqual(['/v1/test', '/v1']);
  });

  it('may have parameters, which methods then require', () => {
    const { definition } = imported(swagger({ basePath: '/{tenant}', paths }), { basepath: 'prepend' });
    expect(definition.resources[0]?.methods[0]?.requestParameters).toEqual({ 'method.request.path.tenant': true });
  });

  it.each([
    [swagger({ basePath: '/a b' }), '/basePath'],
    [swagger({ basePath: '/a//b' }), '/basePath'],
    [openApi({ servers: [{ url: 'https://x.example/{a}-b' }] }), '/servers/0/url'],
    [
      openApi({ servers: [{ url: '/', variables: { basePath: { default: '{p+}/x' } } }] }),
      '/servers/0/variables/basePath/default',
    ],
    [openApi({ servers: [{}] }), '/servers/0'],
    [openApi({ servers: {} }), '/servers'],
    [swagger({ basePath: 1 }), '/basePath'],
  ])('%j is refused at its place', (document, pointer) => {
    expect(refusalOf(document, { basepath: 'prepend' })).toContain(`Invalid OpenAPI input. ${pointer} (line `);
  });
});
