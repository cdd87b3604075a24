import { describe, expect, it } from 'vitest';
import { imported, openApi, swagger } from '../import.fixture.js';

const partsOf = (document: object, options = {}) =>
  imported(document, options).definition.documentationParts.map(({ location, properties }) => [
    location,
    JSON.parse(properties) as unknown,
  ]);

const at = { path: '/a/{id}', method: 'GET' };

describe('descriptions where things stand', () => {
  it('become documentation parts in OpenAPI 3', () => {
    const document = openApi({
      info: { title: 'x', version: '1', description: 'the API' },
      paths: {
        '/a/{id}': {
          summary: 'the resource',
          get: {
            tags: ['t'],
            summary: 's',
            description: 'the method',
            parameters: [
              { name: 'id', in: 'path', description: 'the path' },
              { name: 'q', in: 'query', description: 'the query' },
              { $ref: '#/components/parameters/H' },
              { name: 'none', in: 'query' },
            ],
            requestBody: { description: 'the body', content: {} },
            responses: {
              200: { description: 'the response', headers: { 'X-A': { description: 'the header' }, 'X-B': {} } },
              default: { description: 'the rest' },
            },
          },
        },
      },
      components: {
        parameters: { H: { name: 'h', in: 'header', description: 'the request header' } },
        schemas: { Pet: { title: 'the title', description: 'the model' } },
        securitySchemes: {
          a: {
            type: 'apiKey',
            description: 'the authorizer',
            'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: 'x' },
          },
          b: { type: 'http', description: 'no authorizer' },
        },
      },
    });
    expect(partsOf(document)).toEqual([
      [{ type: 'API' }, { info: { description: 'the API' } }],
      [{ type: 'AUTHORIZER', name: 'a' }, { description: 'the authorizer' }],
      [{ type: 'RESOURCE', path: '/a/{id}' }, { summary: 'the resource' }],
      [
        { type: 'METHOD', ...at },
        { tags: ['t'], summary: 's', description: 'the method' },
      ],
      [{ type: 'PATH_PARAMETER', ...at, name: 'id' }, { description: 'the path' }],
      [{ type: 'QUERY_PARAMETER', ...at, name: 'q' }, { description: 'the query' }],
      [{ type: 'REQUEST_HEADER', ...at, name: 'h' }, { description: 'the request header' }],
      [{ type: 'REQUEST_BODY', ...at }, { description: 'the body' }],
      [{ type: 'RESPONSE', ...at, statusCode: '200' }, { description: 'the response' }],
      [{ type: 'RESPONSE_HEADER', ...at, statusCode: '200', name: 'X-A' }, { description: 'the header' }],
      [
        { type: 'MODEL', name: 'Pet' },
        { title: 'the title', description: 'the model' },
      ],
    ]);
  });

  it('become documentation parts in Swagger 2.0', () => {
    const document = swagger({
      paths: {
        '/a': {
          post: {
            parameters: [{ in: 'body', name: 'b', description: 'the body' }],
            responses: {
              200: { description: 'the response', headers: { 'X-A': { type: 'string', description: 'the header' } } },
            },
          },
        },
      },
    });
    const here = { path: '/a', method: 'POST' };
    expect(partsOf(document)).toEqual([
      [{ type: 'REQUEST_BODY', ...here }, { description: 'the body' }],
      [{ type: 'RESPONSE', ...here, statusCode: '200' }, { description: 'the response' }],
      [{ type: 'RESPONSE_HEADER', ...here, statusCode: '200', name: 'X-A' }, { description: 'the header' }],
    ]);
  });

  it('are of resources with the base path', () => {
    const document = swagger({ basePath: '/v1', paths: { '/a': { get: { summary: 's' } } } });
    expect(partsOf(document, { basepath: 'prepend' })).toEqual([
      [{ type: 'METHOD', path: '/v1/a', method: 'GET' }, { summary: 's' }],
    ]);
  });

  it('mean nothing where the document gives its documentation', () => {
    const document = swagger({
      paths: { '/a': { get: { summary: 's' } } },
      'x-amazon-apigateway-documentation': { documentationParts: [] },
    });
    expect(partsOf(document)).toEqual([]);
  });
});
