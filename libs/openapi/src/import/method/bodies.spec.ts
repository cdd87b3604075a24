import { describe, expect, it } from 'vitest';
import { imported, methodOf, openApi, swagger, withGet } from '../import.fixture.js';

const Pet = { type: 'object', properties: { id: { type: 'string' } } };
const pet3 = { $ref: '#/components/schemas/Pet' };
const pet2 = { $ref: '#/definitions/Pet' };

describe('bodies of OpenAPI 3', () => {
  const components = { schemas: { Pet } };
  const method = (operation: object) => methodOf(withGet({ ...operation }, { components }));

  it('have a model for each media type with a schema', () => {
    const content = { 'application/json': { schema: pet3 }, 'application/xml': { schema: pet3 }, 'text/plain': {} };
    expect(method({ requestBody: { required: true, content } }).requestModels).toEqual({
      'application/json': 'Pet',
      'application/xml': 'Pet',
    });
  });

  it('may be shared', () => {
    const document = withGet(
      { requestBody: { $ref: '#/components/requestBodies/One' }, responses: { 200: { $ref: '#/components/responses/One' } } },
      {
        components: {
          schemas: { Pet },
          requestBodies: { One: { content: { 'application/json': { schema: pet3 } } } },
          responses: { One: { headers: { 'X-A': { $ref: '#/components/headers/A' } }, content: { 'a/b': { schema: pet3 } } } },
          headers: { A: { required: true } },
        },
      },
    );
    expect(methodOf(document)).toMatchObject({
      requestModels: { 'application/json': 'Pet' },
      methodResponses: [
        { statusCode: '200', responseParameters: { 'method.response.header.X-A': true }, responseModels: { 'a/b': 'Pet' } },
      ],
    });
  });

  it('leave out models that the document does not have, with the warning of AWS', () => {
    const schema = { $ref: '#/components/schemas/None' };
    const document = withGet({ requestBody: { content: { 'application/json': { schema } } } });
    expect(imported(document).warnings).toEqual([
      "Reference to model 'None' not found. Ignoring. [/paths/~1pets/get/requestBody/content/application~1json/schema/$ref (line 14)]",
    ]);
    expect(methodOf(document).requestModels).toEqual({});
  });

  it('may name models of the API by their address', () => {
    const schema = { $ref: 'https://apigateway.amazonaws.com/restapis/zzzzzzzzzz/models/Pet' };
    expect(method({ requestBody: { content: { 'application/json': { schema } } } }).requestModels).toEqual({
      'application/json': 'Pet',
    });
  });

  it('have __proto__ as a media type like others', () => {
    const content = JSON.parse(`{"__proto__": {"schema": ${JSON.stringify(pet3)}}}`) as object;
    expect(Object.entries(method({ requestBody: { content } }).requestModels)).toEqual([['__proto__', 'Pet']]);
  });
});

describe('bodies of Swagger 2.0', () => {
  const body = { in: 'body', name: 'body', schema: pet2 };
  const definitions = { Pet };

  it.each([
    [{}, {}, ['application/json']],
    [{ consumes: ['a/b', 'c/d', 'a/b'] }, {}, ['a/b', 'c/d']],
    [{}, { consumes: ['e/f'] }, ['e/f']],
    [{ consumes: ['a/b'] }, { consumes: ['e/f'] }, ['a/b']],
    [{ consumes: [] }, {}, ['application/json']],
  ])('of an operation %j in a document %j are of %j', (operation, members, types) => {
    const method = methodOf(withGet({ ...operation, parameters: [body] }, { definitions, ...members }, swagger));
    expect(method.requestModels).toEqual(Object.fromEntries(types.map((type) => [type, 'Pet'])));
    expect(method.requestParameters).toEqual({});
  });

  it('of responses are of what the operation produces', () => {
    const operation = { produces: ['a/b'], responses: { 200: { schema: pet2 }, 204: {} } };
    expect(methodOf(withGet(operation, { definitions }, swagger)).methodResponses).toEqual([
      { statusCode: '200', responseParameters: {}, responseModels: { 'a/b': 'Pet' } },
      { statusCode: '204', responseParameters: {}, responseModels: {} },
    ]);
  });

  it('as forms are left out with a warning', () => {
    const parameters = [
      { in: 'formData', name: 'a', type: 'string' },
      { in: 'formData', name: 'b', type: 'file' },
    ];
    const document = withGet({ parameters }, {}, swagger);
    expect(imported(document).warnings).toEqual([
      "Parameters in 'formData' are not supported. Ignoring: a, b [/paths/~1pets/get (line 9)]",
    ]);
    expect(methodOf(document)).toMatchObject({ requestModels: {}, requestParameters: {} });
  });

  it('may be shared responses', () => {
    const document = withGet(
      { responses: { 500: { $ref: '#/responses/Error' } } },
      { definitions, responses: { Error: { schema: pet2, headers: { 'X-A': {} } } } },
      swagger,
    );
    expect(methodOf(document).methodResponses).toEqual([
      {
        statusCode: '500',
        responseParameters: { 'method.response.header.X-A': false },
        responseModels: { 'application/json': 'Pet' },
      },
    ]);
  });
});

describe('responses', () => {
  it('are those with a status code; others are left out with a warning', () => {
    const document = withGet({ responses: { 200: {}, default: {}, '4XX': {}, 'x-other': {} } });
    expect(methodOf(document).methodResponses.map((each) => each.statusCode)).toEqual(['200']);
    expect(imported(document).warnings).toEqual([
      "Response 'default' of resource '/pets' and method 'GET' is not a status code. Ignoring. [/paths/~1pets/get/responses/default (line 12)]",
      "Response '4XX' of resource '/pets' and method 'GET' is not a status code. Ignoring. [/paths/~1pets/get/responses/4XX (line 13)]",
    ]);
  });

  it('may have numbers as names in YAML', () => {
    expect(
      methodOf('openapi: 3.0.1\npaths:\n  /a:\n    get:\n      responses:\n        201: {description: x}\n').methodResponses,
    ).toEqual([{ statusCode: '201', responseParameters: {}, responseModels: {} }]);
  });
});

describe('schemas without a name', () => {
  const inline = (title: string) => ({ content: { 'application/json': { schema: { type: 'object', title } } } });
  const document = openApi({
    paths: {
      '/a': {
        get: {
          requestBody: inline('request'),
          responses: { 200: inline('response'), 400: { $ref: '#/components/responses/E' } },
        },
        put: { responses: { 400: { $ref: '#/components/responses/E' } } },
      },
    },
    components: { responses: { E: inline('error') } },
  });

  it('become models of their own, one for each place', () => {
    const { definition } = imported(document);
    expect(definition.models.map(({ name, schema }) => [/^MODEL[0-9a-f]{10}$/.test(name), schema]).sort()).toEqual([
      [true, '{"title":"error","type":"object"}'],
      [true, '{"title":"request","type":"object"}'],
      [true, '{"title":"response","type":"object"}'],
    ]);
    const [get, put] = definition.resources[0]?.methods ?? [];
    expect(get?.methodResponses[1]?.responseModels).toEqual(put?.methodResponses[0]?.responseModels);
  });

  it('have the same names at every import', () => {
    expect(imported(document)).toEqual(imported(document));
  });
});
