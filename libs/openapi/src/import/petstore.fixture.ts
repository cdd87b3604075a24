// The Petstore of the API Gateway developer guide (api-gateway-create-api-from-example), shortened, in both of its forms.

const authorizer = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'oauth2',
  'x-amazon-apigateway-authorizer': {
    type: 'token',
    authorizerUri:
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations',
    authorizerCredentials: 'arn:aws:iam::000000000000:role/r',
    identityValidationExpression: '^x-[a-z]+',
  },
};
const securitySchemes = {
  'test-authorizer': {
    ...authorizer,
    'x-amazon-apigateway-authorizer': { ...authorizer['x-amazon-apigateway-authorizer'], authorizerResultTtlInSeconds: 60 },
  },
  'test-authorizer-not-used': authorizer,
};

const schemas = (at: string) => ({
  Pets: { type: 'array', items: { $ref: `${at}/Pet` } },
  Empty: { type: 'object' },
  NewPetResponse: { type: 'object', properties: { pet: { $ref: `${at}/Pet` }, message: { type: 'string' } } },
  Pet: { type: 'object', properties: { petid: { type: 'integer' }, type: { type: 'string' }, price: { type: 'number' } } },
  NewPet: { type: 'object', properties: { type: { $ref: `${at}/PetType` }, price: { type: 'number' } } },
  PetType: { type: 'string', enum: ['dog', 'cat', 'fish', 'bird', 'gecko'] },
});

const mock = (status: object) => ({
  responses: { default: { statusCode: '200', ...status } },
  passthroughBehavior: 'when_no_match',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  type: 'mock',
});
const backend = (uri: string, httpMethod: string, requestParameters?: object) => ({
  responses: {
    default: { statusCode: '200', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } },
  },
  ...(requestParameters ? { requestParameters } : {}),
  uri: `http://petstore.execute-api.eu-west-1.amazonaws.com/petstore${uri}`,
  passthroughBehavior: 'when_no_match',
  httpMethod,
  type: 'http',
});

const info = { description: 'Your first API with Amazon API Gateway.', title: 'PetStore', version: '1.0' };
const security = [{ 'test-authorizer': [] }];
const documentation = {
  version: 'v2.1',
  createdDate: '2016-11-17T07:03:59Z',
  documentationParts: [
    { location: { type: 'API' }, properties: { info: { description: 'Your first API with Amazon API Gateway.' } } },
    { location: { type: 'METHOD', method: 'GET' }, properties: { tags: ['pets'] } },
    {
      location: { type: 'PATH_PARAMETER', path: '/pets/{petId}', method: '*', name: 'petId' },
      properties: { description: 'The id' },
    },
  ],
};
const integrations = {
  root: mock({
    responseParameters: { 'method.response.header.Content-Type': "'text/html'" },
    responseTemplates: { 'text/html': '<html>Welcome</html>' },
  }),
  list: backend('/pets', 'GET', {
    'integration.request.querystring.page': 'method.request.querystring.page',
    'integration.request.querystring.type': 'method.request.querystring.type',
  }),
  create: backend('/pets', 'POST'),
  options: mock({ responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } }),
  get: backend('/pets/{petId}', 'GET', { 'integration.request.path.petId': 'method.request.path.petId' }),
};

const EXTENSION = 'x-amazon-apigateway-integration';

/** As Swagger 2.0. */
export const petstoreSwagger = (() => {
  const response = (schema: string | undefined, header: string) => ({
    200: {
      description: 'Successful operation',
      ...(schema ? { schema: { $ref: `#/definitions/${schema}` } } : {}),
      headers: { [header]: { type: 'string', description: 'A header' } },
    },
  });
  const json = ['application/json'];
  const origin = 'Access-Control-Allow-Origin';
  const query = (name: string) => ({ name, in: 'query', description: 'Some', required: false, type: 'string' });
  return {
    swagger: '2.0',
    info,
    schemes: ['https'],
    paths: {
      '/': {
        get: {
          tags: ['pets'],
          consumes: json,
          produces: ['text/html'],
          responses: response(undefined, 'Content-Type'),
          security,
          [EXTENSION]: integrations.root,
        },
      },
      '/pets': {
        get: {
          produces: json,
          parameters: [query('type'), query('page')],
          responses: response('Pets', origin),
          security,
          [EXTENSION]: integrations.list,
        },
        post: {
          operationId: 'CreatePet',
          consumes: json,
          produces: json,
          parameters: [{ in: 'body', name: 'NewPet', required: true, schema: { $ref: '#/definitions/NewPet' } }],
          responses: response('NewPetResponse', origin),
          [EXTENSION]: integrations.create,
        },
        options: { consumes: json, produces: json, responses: response('Empty', origin), [EXTENSION]: integrations.options },
      },
      '/pets/{petId}': {
        get: {
          operationId: 'GetPet',
          produces: json,
          parameters: [{ name: 'petId', in: 'path', required: true, type: 'string' }],
          responses: response('Pet', origin),
          [EXTENSION]: integrations.get,
        },
      },
    },
    securityDefinitions: securitySchemes,
    definitions: schemas('#/definitions'),
    'x-amazon-apigateway-documentation': documentation,
  };
})();

/** As OpenAPI 3.0. */
export const petstoreOpenApi = (() => {
  const content = (schema: string) => ({
    'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
  });
  const response = (schema: string | undefined, header: string) => ({
    200: {
      description: 'Successful operation',
      ...(schema ? { content: content(schema) } : {}),
      headers: { [header]: { schema: { type: 'string' } } },
    },
  });
  const origin = 'Access-Control-Allow-Origin';
  const query = (name: string) => ({ name, in: 'query', description: 'Some', schema: { type: 'string' } });
  return {
    openapi: '3.0.1',
    info,
    servers: [{ url: '/' }],
    paths: {
      '/': { get: { responses: response(undefined, 'Content-Type'), security, [EXTENSION]: integrations.root } },
      '/pets': {
        get: {
          parameters: [query('type'), query('page')],
          responses: response('Pets', origin),
          security,
          [EXTENSION]: integrations.list,
        },
        post: {
          operationId: 'CreatePet',
          requestBody: { content: content('NewPet'), required: true },
          responses: response('NewPetResponse', origin),
          [EXTENSION]: integrations.create,
        },
        options: { responses: response('Empty', origin), [EXTENSION]: integrations.options },
      },
      '/pets/{petId}': {
        get: {
          operationId: 'GetPet',
          parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
          responses: response('Pet', origin),
          [EXTENSION]: integrations.get,
        },
      },
    },
    components: { schemas: schemas('#/components/schemas'), securitySchemes },
    'x-amazon-apigateway-documentation': documentation,
  };
})();
