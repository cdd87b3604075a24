import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { imported, methodOf, openApi, refusalOf, swagger, withGet } from './import/import.fixture.js';
import { petstoreOpenApi, petstoreSwagger } from './import/petstore.fixture.js';

const MODELS = 'https://apigateway.amazonaws.com/restapis/a1b2c3d4e5/models';

describe.each([
  ['Swagger 2.0', petstoreSwagger],
  ['OpenAPI 3.0', petstoreOpenApi],
])('the Petstore of AWS in %s', (_, document) => {
  const { definition, warnings } = imported(document);
  const method = (path: string, verb: string) =>
    definition.resources.find((each) => each.path === path)?.methods.find((each) => each.httpMethod === verb);

  it('is imported without warnings, with its name, description and version', () => {
    expect(warnings).toEqual([]);
    expect(definition).toMatchObject({
      name: 'PetStore',
      description: 'Your first API with Amazon API Gateway.',
      version: '1.0',
    });
  });

  it('says nothing of what it does not say', () => {
    expect(Object.keys(definition).sort()).toEqual([
      'authorizers',
      'description',
      'documentationParts',
      'documentationVersion',
      'gatewayResponses',
      'models',
      'name',
      'requestValidators',
      'resources',
      'version',
    ]);
  });

  it('has its resources and methods', () => {
    expect(definition.resources.map(({ path, methods }) => [path, methods.map((each) => each.httpMethod)])).toEqual([
      ['/', ['GET']],
      ['/pets', ['GET', 'POST', 'OPTIONS']],
      ['/pets/{petId}', ['GET']],
    ]);
  });

  it('has a mock method as AWS recorded it', () => {
    expect(method('/', 'GET')).toEqual({
      httpMethod: 'GET',
      authorizationType: 'CUSTOM',
      authorizer: 'test-authorizer',
      apiKeyRequired: false,
      requestParameters: {},
      requestModels: {},
      methodResponses: [
        { statusCode: '200', responseParameters: { 'method.response.header.Content-Type': false }, responseModels: {} },
      ],
      methodIntegration: {
        type: 'MOCK',
        requestParameters: {},
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29000,
        cacheKeyParameters: [],
        integrationResponses: [
          {
            statusCode: '200',
            responseParameters: { 'method.response.header.Content-Type': "'text/html'" },
            responseTemplates: { 'text/html': '<html>Welcome</html>' },
          },
        ],
      },
    });
  });

  it('has a method over HTTP as AWS recorded it', () => {
    expect(method('/pets', 'GET')).toEqual({
      httpMethod: 'GET',
      authorizationType: 'CUSTOM',
      authorizer: 'test-authorizer',
      apiKeyRequired: false,
      requestParameters: { 'method.request.querystring.type': false, 'method.request.querystring.page': false },
      requestModels: {},
      methodResponses: [
        {
          statusCode: '200',
          responseParameters: { 'method.response.header.Access-Control-Allow-Origin': false },
          responseModels: { 'application/json': 'Pets' },
        },
      ],
      methodIntegration: {
        type: 'HTTP',
        httpMethod: 'GET',
        uri: 'http://petstore.execute-api.eu-west-1.amazonaws.com/petstore/pets',
        connectionType: 'INTERNET',
        requestParameters: {
          'integration.request.querystring.page': 'method.request.querystring.page',
          'integration.request.querystring.type': 'method.request.querystring.type',
        },
        requestTemplates: {},
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29000,
        cacheKeyParameters: [],
        integrationResponses: [
          {
            statusCode: '200',
            responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
            responseTemplates: {},
          },
        ],
      },
    });
  });

  it('has the body and the operation name of its POST', () => {
    expect(method('/pets', 'POST')).toMatchObject({
      authorizationType: 'NONE',
      operationName: 'CreatePet',
      requestModels: { 'application/json': 'NewPet' },
      methodResponses: [{ responseModels: { 'application/json': 'NewPetResponse' } }],
    });
    expect(method('/pets', 'POST')).not.toHaveProperty('authorizer');
  });

  it('requires the path parameter', () => {
    expect(method('/pets/{petId}', 'GET')).toMatchObject({
      requestParameters: { 'method.request.path.petId': true },
      operationName: 'GetPet',
    });
  });

  it('has its authorizers, the unused one too', () => {
    const authorizer = {
      type: 'TOKEN',
      authType: 'oauth2',
      providerArns: [],
      authorizerUri:
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations',
      authorizerCredentials: 'arn:aws:iam::000000000000:role/r',
      identitySource: 'method.request.header.Authorization',
      identityValidationExpression: '^x-[a-z]+',
    };
    expect(definition.authorizers).toEqual([
      { name: 'test-authorizer', ...authorizer, authorizerResultTtlInSeconds: 60 },
      { name: 'test-authorizer-not-used', ...authorizer },
    ]);
  });

  it('has its models by name, references rewritten', () => {
    expect(definition.models.map(({ name, schema }) => [name, schema])).toEqual([
      ['Empty', '{"type":"object"}'],
      ['NewPet', `{"type":"object","properties":{"type":{"$ref":"${MODELS}/PetType"},"price":{"type":"number"}}}`],
      ['NewPetResponse', `{"type":"object","properties":{"pet":{"$ref":"${MODELS}/Pet"},"message":{"type":"string"}}}`],
      ['Pet', '{"type":"object","properties":{"petid":{"type":"integer"},"type":{"type":"string"},"price":{"type":"number"}}}'],
      ['PetType', '{"type":"string","enum":["dog","cat","fish","bird","gecko"]}'],
      ['Pets', `{"type":"array","items":{"$ref":"${MODELS}/Pet"}}`],
    ]);
  });

  it('has its documentation', () => {
    expect(definition.documentationVersion).toBe('v2.1');
    expect(definition.documentationParts).toHaveLength(3);
  });

  it('is the same as YAML', () => {
    expect(imported(stringify(document))).toMatchObject({ definition, warnings });
  });
});

describe('what is no OpenAPI document', () => {
  it.each([
    '',
    ' ',
    'hello',
    '42',
    'null',
    '[]',
    '{}',
    '{"swagger": null}',
    '"swagger"',
    'a: 1',
    '{"info": {"title": "x"}}',
    '- swagger: "2.0"',
    '- a',
  ])('%j gets the sentence of AWS', (text) => {
    expect(refusalOf(text)).toBe('Invalid OpenAPI input.');
  });

  it.each([
    ['{\n"swagger": "1.2"}', '/swagger (line 2)', '1.2'],
    ['{"swagger": "3.0"}', '/swagger (line 1)', '3.0'],
    ['{"openapi": "2.0"}', '/openapi (line 1)', '2.0'],
    ['info: {}\nopenapi: 3.2.0', '/openapi (line 2)', '3.2.0'],
    ['openapi: 4', '/openapi (line 1)', '4'],
    ['openapi: "3.0.1-rc"', '/openapi (line 1)', '3.0.1-rc'],
  ])('%j is of an unsupported version', (text, place, version) => {
    expect(refusalOf(text)).toBe(
      `Invalid OpenAPI input. ${place}: unsupported version '${version}'; Swagger 2.0, OpenAPI 3.0 and OpenAPI 3.1 are supported`,
    );
  });

  it.each(['swagger: 2.0', 'swagger: "2.0"', 'openapi: 3.0', 'openapi: 3.1', 'openapi: 3.0.4', 'openapi: "3.1.1"'])(
    '%s is supported',
    (text) => {
      expect(imported(text).definition.resources).toEqual([]);
    },
  );
});

describe('info', () => {
  it('has a version as it is written', () => {
    expect(imported('openapi: 3.0.1\ninfo: {title: 1.50, version: 1.0}').definition).toMatchObject({
      name: '1.50',
      version: '1.0',
    });
    expect(imported('{"openapi": "3.0.1", "info": {"title": "x", "version": 1.10}}').definition.version).toBe('1.10');
    expect(imported(openApi({ info: { title: 'x', version: 1 } })).definition.version).toBe('1');
  });

  it('is absent where it says nothing', () => {
    expect(imported(swagger({ info: { description: '' } })).definition).not.toHaveProperty('description');
    expect(imported({ swagger: '2.0' }).definition).not.toHaveProperty('name');
  });

  it('must be an object', () => {
    expect(refusalOf('swagger: "2.0"\ninfo: hello')).toBe('Invalid OpenAPI input. /info (line 2): must be an object');
  });
});

describe('operations', () => {
  const path = (item: object) => imported(openApi({ paths: { '/a': item } }));

  it('are those of the verbs that methods have, and any-method', () => {
    const verbs = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'x-amazon-apigateway-any-method'];
    const item = Object.fromEntries(verbs.map((verb) => [verb, {}]));
    expect(path(item).definition.resources[0]?.methods.map((each) => each.httpMethod)).toEqual([
      'GET',
      'PUT',
      'POST',
      'DELETE',
      'PATCH',
      'OPTIONS',
      'HEAD',
      'ANY',
    ]);
  });

  it('leave TRACE out with a warning, and what is no operation without one', () => {
    const { definition, warnings } = path({ trace: {}, summary: 'x', description: 'y', servers: [], 'x-other': {}, get: null });
    expect(definition.resources).toEqual([{ path: '/a', methods: [] }]);
    expect(warnings).toEqual(["Unsupported method 'TRACE' on resource '/a'. Ignoring. [/paths/~1a/trace (line 9)]"]);
  });

  it('follow the $ref of their path', () => {
    const document = openApi({
      paths: { '/a': { $ref: '#/components/pathItems/one' } },
      components: { pathItems: { one: { get: { operationId: 'x' } } } },
    });
    expect(methodOf(document).operationName).toBe('x');
  });

  it('may be empty', () => {
    expect(methodOf(withGet({}))).toEqual({
      httpMethod: 'GET',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      requestParameters: {},
      requestModels: {},
      methodResponses: [],
    });
  });

  it.each([
    [{ get: [] }, '/paths/~1a/get', 'must be an object'],
    [{ get: { operationId: 1 } }, '/paths/~1a/get/operationId', 'must be a text'],
    [{ get: { parameters: {} } }, '/paths/~1a/get/parameters', 'must be a list'],
    [{ get: { parameters: [{ in: 'query' }] } }, '/paths/~1a/get/parameters/0', "'name' is missing"],
    [{ get: { parameters: [{ name: 'x' }] } }, '/paths/~1a/get/parameters/0', "'in' is missing"],
    [
      { get: { parameters: [{ name: 'x', in: 'query', required: 'maybe' }] } },
      '/paths/~1a/get/parameters/0/required',
      'must be true or false',
    ],
    [{ get: { responses: [] } }, '/paths/~1a/get/responses', 'must be an object'],
    [{ get: { responses: { 200: 'ok' } } }, '/paths/~1a/get/responses/200', 'must be an object'],
    [{ get: { responses: { 200: { headers: [] } } } }, '/paths/~1a/get/responses/200/headers', 'must be an object'],
    [
      { get: { responses: { 200: { content: { 'a/b': 1 } } } } },
      '/paths/~1a/get/responses/200/content/a~1b',
      'must be an object',
    ],
    [{ get: { requestBody: 'x' } }, '/paths/~1a/get/requestBody', 'must be an object'],
    ['x', '/paths/~1a', 'must be an object'],
  ])('%j is refused at its place', (item, pointer, reason) => {
    expect(refusalOf(openApi({ paths: { '/a': item } }))).toMatch(
      new RegExp(`^Invalid OpenAPI input\\. ${pointer} \\(line \\d+\\): ${reason.replace(/[()]/g, '\\$&')}$`),
    );
  });
});
