import {
  DEFAULT_MODELS,
  type DocumentationLocation,
  type MethodModel,
  type MethodResponseModel,
  type RestApiModel,
} from '@gatehouse/api-model';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportOpenApi, type ExportOptions, type Json } from './export-openapi.js';
import { emptyApi, method, resource } from './export.fixture.js';
import { printDocument } from './print-document.js';

const HOST = 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';

/** The document as its reader gets it. */
function exported(api: RestApiModel, options: Partial<ExportOptions> = {}): Json {
  const document = exportOpenApi(api, { type: 'oas30', host: HOST, stageName: 'prod', extensions: [], ...options });
  return JSON.parse(printDocument(document, 'application/json')) as Json;
}

/** The one operation of an API that has one method. */
function operation(given: Partial<MethodModel>, options: Partial<ExportOptions> = {}, api: Partial<RestApiModel> = {}): Json {
  const document = exported(emptyApi({ ...api, resources: [resource('/', method(given))] }), options);
  const item = Object.values(document.paths as Record<string, Record<string, Json>>)[0]!;
  return Object.values(item)[0]!;
}

const withExtensions = { extensions: ['apigateway'] } as const;
const MODELS = [
  {
    name: 'Pet',
    contentType: 'application/json',
    schema: '{"$schema":"http://json-schema.org/draft-04/schema#","type":"object","properties":{"name":{"type":"string"}}}',
  },
  {
    name: 'Pets',
    contentType: 'application/json',
    schema: '{"type":"array","items":{"$ref":"https://apigateway.amazonaws.com/restapis/a1b2c3d4e5/models/Pet"}}',
  },
  { name: 'Unused', contentType: 'application/json', schema: '{"type":"object"}' },
];

describe('the root of an export', () => {
  it('of swagger names host, base path and scheme', () => {
    expect(exported(emptyApi({ description: 'd' }), { type: 'swagger' })).toEqual({
      swagger: '2.0',
      info: { title: 'pets', description: 'd', version: '2026-03-01T10:00:00Z' },
      host: HOST,
      basePath: '/prod',
      schemes: ['https'],
      paths: {},
    });
  });

  it('of OpenAPI 3 has a server with a base path, and components even when there are none', () => {
    expect(exported(emptyApi({ version: '7' }))).toEqual({
      openapi: '3.0.1',
      info: { title: 'pets', version: '7' },
      servers: [{ url: `https://${HOST}/{basePath}`, variables: { basePath: { default: 'prod' } } }],
      paths: {},
      components: {},
    });
  });

  const settings = emptyApi({
    apiKeySource: 'AUTHORIZER',
    disableExecuteApiEndpoint: true,
    binaryMediaTypes: ['image/png', 'a/b'],
    minimumCompressionSize: 0,
    policy: '{"Version":"2012-10-17"}',
    securityPolicy: 'TLS_1_2',
    endpointAccessMode: 'STRICT',
    requestValidators: [
      { id: 'v1', name: 'all', validateRequestBody: true, validateRequestParameters: true },
      { id: 'v2', validateRequestBody: false, validateRequestParameters: true },
      { id: 'v3', name: 'all', validateRequestBody: true, validateRequestParameters: false },
    ],
    gatewayResponses: [
      {
        responseType: 'ACCESS_DENIED',
        statusCode: '404',
        responseParameters: { 'gatewayresponse.header.x': "'y'" },
        responseTemplates: { 'application/json': '{}' },
      },
      { responseType: 'DEFAULT_4XX', responseParameters: {}, responseTemplates: {} },
    ],
  });
  const documentation = {
    version: '1',
    createdDate: '2026-03-02T10:00:00Z',
    parts: [{ location: { type: 'API' }, properties: '{"description":"x"}' }],
  };

  it('has the settings of the API with the extensions', () => {
    expect(exported(settings, { ...withExtensions, documentation })).toMatchObject({
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      'x-amazon-apigateway-request-validators': {
        all: { validateRequestBody: true, validateRequestParameters: true },
        v2: { validateRequestBody: false, validateRequestParameters: true },
        v3: { validateRequestBody: true, validateRequestParameters: false },
      },
      'x-amazon-apigateway-gateway-responses': {
        ACCESS_DENIED: {
          statusCode: 404,
          responseParameters: { 'gatewayresponse.header.x': "'y'" },
          responseTemplates: { 'application/json': '{}' },
        },
        DEFAULT_4XX: {},
      },
      'x-amazon-apigateway-binary-media-types': ['image/png', 'a/b'],
      'x-amazon-apigateway-minimum-compression-size': 0,
      'x-amazon-apigateway-policy': { Version: '2012-10-17' },
      'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
      'x-amazon-apigateway-security-policy': 'TLS_1_2',
      'x-amazon-apigateway-endpoint-access-mode': 'STRICT',
      'x-amazon-apigateway-documentation': {
        version: '1',
        createdDate: '2026-03-02T10:00:00Z',
        documentationParts: [{ location: { type: 'API' }, properties: { description: 'x' } }],
      },
    });
  });

  it('has none of them without, and only the documentation with its extension', () => {
    const extensionsOf = (extensions: ExportOptions['extensions']) =>
      Object.keys(exported(settings, { extensions, documentation })).filter((key) => key.startsWith('x-'));
    expect(extensionsOf([])).toEqual([]);
    expect(extensionsOf(['integrations', 'authorizers', 'postman'])).toEqual([]);
    expect(extensionsOf(['documentation'])).toEqual(['x-amazon-apigateway-documentation']);
  });
});

describe("Gatehouse's own extensions", () => {
  const parameters = { 'method.request.path.id': true, 'method.request.querystring.q': true, 'method.request.header.h': false };
  const requestModels = { 'application/json': 'Pet', 'a/b': 'Pet' };
  const responses: MethodResponseModel[] = [
    { statusCode: '200', responseParameters: { 'method.response.header.a': false }, responseModels: { 'a/b': 'Pet' } },
    { statusCode: '404', responseParameters: {}, responseModels: {} },
  ];

  it.each(['swagger', 'oas30'] as const)('are not in %s where the plain form says all', (type) => {
    const { methodIntegration } = method();
    const plain = emptyApi({
      version: '1',
      models: [MODELS[0]!],
      requestValidators: [{ id: 'v1', name: 'all', validateRequestBody: true, validateRequestParameters: true }],
      resources: [
        resource(
          '/{id}/{proxy+}',
          method({
            requestParameters: parameters,
            requestModels,
            requestValidatorId: 'v1',
            methodIntegration: methodIntegration!,
          }),
        ),
      ],
    });
    const said = Object.keys(exported(plain, { type, ...withExtensions })).filter((name) => name.startsWith('x-'));
    expect(said).toEqual(['x-amazon-apigateway-request-validators']);
    expect(JSON.stringify(exported(plain, { type, ...withExtensions }))).not.toContain('x-gatehouse');
  });

  it('say what the plain form loses', () => {
    const api = emptyApi({
      description: 'd',
      models: [
        { ...MODELS[0]!, description: 'a pet' },
        { name: 'Xml', contentType: 'a/xml', schema: '<x/>' },
      ],
      requestValidators: [{ id: 'v2', validateRequestBody: true, validateRequestParameters: false }],
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      resources: [resource('/{id}', method({ methodResponses: responses }))],
    });
    expect(exported(api, { type: 'swagger', ...withExtensions })).toMatchObject({
      info: { version: '2026-03-01T10:00:00Z', 'x-gatehouse-replaced': { version: { by: '2026-03-01T10:00:00Z' } } },
      paths: {
        '/{id}': {
          get: { parameters: [{ name: 'id', in: 'path', required: true, type: 'string', 'x-gatehouse-undeclared': true }] },
        },
      },
      definitions: { Pet: { 'x-gatehouse-description': 'a pet' } },
      'x-gatehouse-nameless-request-validators': ['v2'],
      'x-gatehouse-other-models': { Xml: { contentType: 'a/xml', schema: '<x/>' } },
      'x-gatehouse-endpoint-configuration': { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      'x-gatehouse-undocumented': true,
    });
  });
});

describe('the paths of an export', () => {
  it('are those of methods, and of resources that nothing else shows', () => {
    const api = emptyApi({
      resources: [
        resource('/'),
        resource('/a'),
        resource('/a/{proxy+}', method(), method({ httpMethod: 'ANY' })),
        resource('/b'),
      ],
    });
    const paths = exported(api).paths as Record<string, object>;
    expect(Object.entries(paths).map(([path, item]) => [path, Object.keys(item)])).toEqual([
      ['/a/{proxy+}', ['get', 'x-amazon-apigateway-any-method']],
      ['/b', []],
    ]);
  });

  const rich: Partial<MethodModel> = {
    operationName: 'listPets',
    requestParameters: {
      'method.request.querystring.page': false,
      'method.request.header.x-token': true,
      'method.request.path.id': true,
      'method.request.multivaluequerystring.tag': false,
    },
    requestModels: { 'application/json': 'Pet', 'text/json': 'Pets' },
    methodResponses: [
      {
        statusCode: '200',
        responseParameters: { 'method.response.header.b': true, 'method.response.header.a': false },
        responseModels: { 'application/json': 'Pets' },
      },
      { statusCode: '404', responseParameters: {}, responseModels: {} },
    ],
  };

  it('say what an operation of swagger takes and gives', () => {
    expect(operation(rich, { type: 'swagger' }, { models: MODELS })).toEqual({
      operationId: 'listPets',
      consumes: ['application/json', 'text/json'],
      produces: ['application/json'],
      parameters: [
        { name: 'x-token', in: 'header', required: true, type: 'string' },
        { name: 'tag', in: 'query', required: false, type: 'array', items: { type: 'string' } },
        { name: 'id', in: 'path', required: true, type: 'string' },
        { name: 'page', in: 'query', required: false, type: 'string' },
        { in: 'body', name: 'Pet', required: true, schema: { $ref: '#/definitions/Pet' } },
      ],
      responses: {
        '200': {
          description: '200 response',
          schema: { $ref: '#/definitions/Pets' },
          headers: { a: { type: 'string' }, b: { type: 'string' } },
        },
        '404': { description: '404 response' },
      },
    });
  });

  it('say what an operation of OpenAPI 3 takes and gives', () => {
    expect(operation(rich, { type: 'oas30' }, { models: MODELS })).toEqual({
      operationId: 'listPets',
      parameters: [
        { name: 'x-token', in: 'header', required: true, schema: { type: 'string' } },
        { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
        { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'page', in: 'query', schema: { type: 'string' } },
      ],
      requestBody: {
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/Pet' } },
          'text/json': { schema: { $ref: '#/components/schemas/Pets' } },
        },
        required: true,
      },
      responses: {
        '200': {
          description: '200 response',
          headers: { a: { schema: { type: 'string' } }, b: { required: true, schema: { type: 'string' } } },
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Pets' } } },
        },
        '404': { description: '404 response', content: {} },
      },
    });
  });

  it('take the media types of templates where a method of swagger has no models', () => {
    const { methodIntegration } = method();
    const integration = {
      ...methodIntegration!,
      requestTemplates: { 'text/b': '', 'text/a': '' },
      integrationResponses: [{ statusCode: '200', responseParameters: {}, responseTemplates: { 'text/c': null } }],
    };
    expect(operation({ methodIntegration: integration }, { type: 'swagger' })).toEqual({
      consumes: ['text/a', 'text/b'],
      produces: ['text/c'],
      responses: {},
    });
  });

  const integration: MethodModel['methodIntegration'] = {
    type: 'HTTP',
    httpMethod: 'POST',
    uri: 'http://backend/{id}',
    connectionType: 'VPC_LINK',
    connectionId: 'l1',
    credentials: 'arn:aws:iam::1:role/x',
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    requestTemplates: { 'application/json': '{}', 'a/b': null },
    passthroughBehavior: 'WHEN_NO_TEMPLATES',
    contentHandling: 'CONVERT_TO_TEXT',
    timeoutInMillis: 1000,
    cacheNamespace: 'r1',
    cacheKeyParameters: ['method.request.path.id'],
    tlsConfig: { insecureSkipVerification: true },
    responseTransferMode: 'BUFFERED',
    integrationTarget: 't',
    integrationResponses: [
      { statusCode: '200', responseParameters: {}, responseTemplates: {} },
      { statusCode: '201', selectionPattern: '', responseParameters: {}, responseTemplates: {} },
      {
        statusCode: '500',
        selectionPattern: '5\\d{2}',
        responseParameters: { 'method.response.header.a': "'b'" },
        responseTemplates: { 'application/json': '{}' },
        contentHandling: 'CONVERT_TO_BINARY',
      },
    ],
  };

  it.each([['apigateway'], ['integrations']] as const)('hold integrations with the extension %s', (extension) => {
    expect(operation({ methodIntegration: integration }, { extensions: [extension] })).toMatchObject({
      'x-amazon-apigateway-integration': {
        type: 'http',
        httpMethod: 'POST',
        uri: 'http://backend/{id}',
        connectionType: 'VPC_LINK',
        connectionId: 'l1',
        credentials: 'arn:aws:iam::1:role/x',
        requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
        requestTemplates: { 'application/json': '{}', 'a/b': null },
        passthroughBehavior: 'when_no_templates',
        contentHandling: 'CONVERT_TO_TEXT',
        timeoutInMillis: 1000,
        cacheNamespace: 'r1',
        cacheKeyParameters: ['method.request.path.id'],
        tlsConfig: { insecureSkipVerification: true },
        responseTransferMode: 'BUFFERED',
        integrationTarget: 't',
        responses: {
          '5\\d{2}': {
            statusCode: '500',
            responseParameters: { 'method.response.header.a': "'b'" },
            responseTemplates: { 'application/json': '{}' },
            contentHandling: 'CONVERT_TO_BINARY',
          },
          default: { statusCode: '200' },
        },
      },
    });
  });

  it('leave out of an integration what an import fills in', () => {
    const { methodIntegration } = method();
    expect(
      operation({ methodIntegration: { ...methodIntegration!, type: 'HTTP_PROXY', connectionType: 'INTERNET' } }, withExtensions),
    ).toEqual({
      responses: {},
      'x-amazon-apigateway-integration': { type: 'http_proxy', passthroughBehavior: 'when_no_match' },
    });
    expect(operation({ methodIntegration: { ...methodIntegration!, cacheNamespace: 'shared' } }, withExtensions)).toMatchObject({
      'x-amazon-apigateway-integration': { cacheNamespace: 'shared' },
    });
  });

  it('hold no integrations without their extension', () => {
    expect(operation({ methodIntegration: integration }, { extensions: ['authorizers', 'documentation'] })).toEqual({
      responses: {},
    });
  });

  it('name the validator of a method', () => {
    const requestValidators = [{ id: 'v1', name: 'all', validateRequestBody: true, validateRequestParameters: true }];
    expect(operation({ requestValidatorId: 'v1' }, withExtensions, { requestValidators })).toMatchObject({
      'x-amazon-apigateway-request-validator': 'all',
    });
    expect(operation({ requestValidatorId: 'v1' }, {}, { requestValidators })).toEqual({ responses: {} });
  });
});

describe('the security of an export', () => {
  const authorizers: RestApiModel['authorizers'] = [
    {
      id: 't',
      name: 'token',
      type: 'TOKEN',
      providerArns: [],
      authorizerUri: 'arn:aws:apigateway:us-east-1:lambda:path/x',
      authorizerCredentials: 'arn:aws:iam::1:role/x',
      identitySource: 'method.request.header.X-Token',
      identityValidationExpression: 'a.*',
      authorizerResultTtlInSeconds: 0,
    },
    {
      id: 'r',
      name: 'request',
      type: 'REQUEST',
      authType: 'oauth2',
      providerArns: [],
      authorizerUri: 'u',
      identitySource: 'method.request.header.a, context.path',
    },
    { id: 'c', name: 'api_key', type: 'COGNITO_USER_POOLS', providerArns: ['arn:pool'] },
  ];
  const methods = [
    method({ authorizationType: 'CUSTOM', authorizerId: 't', apiKeyRequired: true }),
    method({ httpMethod: 'PUT', authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'c', authorizationScopes: ['a', 'b'] }),
    method({ httpMethod: 'POST', authorizationType: 'AWS_IAM' }),
    method({ httpMethod: 'DELETE' }),
  ];
  const api = emptyApi({ authorizers, resources: [resource('/', ...methods)] });

  it('asks each method for what it asks its clients', () => {
    const { paths } = exported(api) as { paths: Record<string, Record<string, Json>> };
    expect(Object.values(paths['/']!).map(({ security }) => security)).toEqual([
      [{ token: [] }, { api_key_: [] }],
      [{ api_key: ['a', 'b'] }],
      [{ sigv4: [] }],
      undefined,
    ]);
  });

  it('describes all authorizers with the extension', () => {
    const { components } = exported(api, { extensions: ['authorizers'] }) as { components: Json };
    expect(components.securitySchemes).toEqual({
      token: {
        type: 'apiKey',
        name: 'X-Token',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'token',
          authorizerUri: 'arn:aws:apigateway:us-east-1:lambda:path/x',
          authorizerCredentials: 'arn:aws:iam::1:role/x',
          identityValidationExpression: 'a.*',
          authorizerResultTtlInSeconds: 0,
        },
      },
      request: {
        type: 'apiKey',
        name: 'Unused',
        in: 'header',
        'x-amazon-apigateway-authtype': 'oauth2',
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          authorizerUri: 'u',
          identitySource: 'method.request.header.a, context.path',
        },
      },
      api_key: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn:pool'] },
      },
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
      api_key_: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    });
  });

  it('names those in use without it', () => {
    const { securityDefinitions } = exported(api, { type: 'swagger' }) as { securityDefinitions: Json };
    expect(Object.keys(securityDefinitions)).toEqual(['token', 'api_key', 'sigv4', 'api_key_']);
    expect(securityDefinitions.token).not.toHaveProperty('x-amazon-apigateway-authorizer');
  });
});

describe('the models of an export', () => {
  it('are those that methods use, referring to each other within the document', () => {
    const resources = [resource('/', method({ requestModels: { 'application/json': 'Pets' } }))];
    const schemas = (prefix: string) => ({
      Pet: { type: 'object', properties: { name: { type: 'string' } } },
      Pets: { type: 'array', items: { $ref: `${prefix}Pet` } },
    });
    const api = emptyApi({ models: MODELS, resources });
    expect(exported(api, { type: 'swagger' }).definitions).toEqual(schemas('#/definitions/'));
    expect(exported(api).components).toEqual({ schemas: schemas('#/components/schemas/') });
  });

  it('are all with the extensions, but for those that AWS made and what is no JSON schema', () => {
    const models = [
      ...DEFAULT_MODELS,
      ...MODELS,
      { name: 'Xml', contentType: 'application/xml', schema: '<a/>' },
      { name: 'Text', contentType: 'application/json', schema: 'text' },
    ];
    const namesOf = (api: RestApiModel) => {
      const { definitions } = exported(api, { type: 'swagger', extensions: ['apigateway'] });
      return Object.keys(definitions ?? {});
    };
    expect(namesOf(emptyApi({ models }))).toEqual(MODELS.map(({ name }) => name));
    expect(namesOf(emptyApi({ models: [{ ...DEFAULT_MODELS[1]!, schema: '{"type":"string"}' }] }))).toEqual(['Error']);
    expect(namesOf(emptyApi({ models: [{ ...DEFAULT_MODELS[0]!, description: 'mine' }] }))).toEqual(['Empty']);
    expect(namesOf(emptyApi({ models: [{ ...DEFAULT_MODELS[0]!, description: undefined }] }))).toEqual(['Empty']);
    const resources = [resource('/', method({ requestModels: { 'application/json': 'Empty' } }))];
    expect(namesOf(emptyApi({ models, resources }))).toEqual(['Empty', ...MODELS.map(({ name }) => name)]);
    expect(exported(emptyApi({ models }), { type: 'swagger', extensions: ['integrations'] }).definitions).toBeUndefined();
  });

  it('refer to themselves within the document', () => {
    const model = { name: 'Tree', contentType: 'application/json', schema: '{"items":{"$ref":"#"},"enum":[{"$ref":"#"}]}' };
    const api = emptyApi({ models: [model], resources: [resource('/', method({ requestModels: { 'a/b': 'Tree' } }))] });
    expect(exported(api, { type: 'swagger' }).definitions).toEqual({
      Tree: { items: { $ref: '#/definitions/Tree' }, enum: [{ $ref: '#' }] },
    });
  });

  it('may refer to each other in a circle', () => {
    const schema = '{"properties":{"next":{"$ref":"https://apigateway.amazonaws.com/restapis/x/models/Node"}}}';
    const api = emptyApi({
      models: [{ name: 'Node', contentType: 'application/json', schema }],
      resources: [resource('/', method({ requestModels: { 'application/json': 'Node' } }))],
    });
    expect(exported(api, { type: 'swagger' }).definitions).toEqual({
      Node: { properties: { next: { $ref: '#/definitions/Node' } } },
    });
  });

  it.each([
    ['is not of JSON', { contentType: 'application/xml', schema: '{}' }],
    ['has a schema that is no JSON', { contentType: 'application/json', schema: '<a/>' }],
    ['has a schema that is no object', { contentType: 'application/json', schema: '[]' }],
  ])('fail the export when one in use %s', (_, given) => {
    const resources = [resource('/', method({ requestModels: { 'a/b': 'Bad' } }))];
    expect(() => exported(emptyApi({ models: [{ name: 'Bad', ...given }], resources }))).toThrow(
      /JSON body models are not found/,
    );
    expect(() => exported(emptyApi({ models: [{ name: 'Bad', ...given }] }))).not.toThrow();
  });
});

describe('the documentation of an export', () => {
  const part = (location: DocumentationLocation, properties: object) => ({ location, properties: JSON.stringify(properties) });
  const at = { path: '/pets', method: 'GET' };
  const anywhere = { path: '/', method: '*', statusCode: '*' };
  const parts = [
    part(
      { type: 'API' },
      { description: 'no place', 'x-root': 1, tags: [{ name: 't' }], info: { description: 'about', version: 'v', 'x-info': 2 } },
    ),
    part({ type: 'RESOURCE', path: '/pets' }, { description: 'no place', 'x-resource': 3 }),
    part({ type: 'METHOD', path: '/', method: '*' }, { summary: 'any' }),
    part({ type: 'METHOD', ...at }, { summary: 'list', foo: 'no place', 'x-amazon-apigateway-integration': {} }),
    part({ type: 'QUERY_PARAMETER', path: '/', method: '*', name: 'page' }, { description: 'which' }),
    part({ type: 'REQUEST_HEADER', ...at, name: 'page' }, { description: 'another' }),
    part({ type: 'REQUEST_BODY', ...at }, { description: 'a pet' }),
    part({ type: 'RESPONSE', ...anywhere }, { description: 'fine' }),
    part({ type: 'RESPONSE', ...anywhere, statusCode: '404' }, { description: 'gone' }),
    part({ type: 'RESPONSE_HEADER', ...anywhere, name: 'Link' }, { description: 'next' }),
    part({ type: 'MODEL', name: 'Pet' }, { title: 'A pet' }),
    part({ type: 'AUTHORIZER', name: 'pool' }, { description: 'who' }),
  ];
  const documentation = { version: '1', createdDate: '2026-03-02T10:00:00Z', parts };
  const responses: MethodModel['methodResponses'] = [
    { statusCode: '200', responseParameters: { 'method.response.header.Link': false }, responseModels: {} },
    { statusCode: '404', responseParameters: {}, responseModels: {} },
  ];
  const list = method({
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId: 'c',
    requestParameters: { 'method.request.querystring.page': false },
    requestModels: { 'application/json': 'Pet' },
    methodResponses: responses,
  });
  const api = emptyApi({
    models: MODELS,
    authorizers: [{ id: 'c', name: 'pool', type: 'COGNITO_USER_POOLS', providerArns: [] }],
    resources: [resource('/pets', list, method({ httpMethod: 'PUT' }))],
  });

  it('stands in the definitions of what it is about, in Swagger', () => {
    const { paths, ...document } = exported(api, { type: 'swagger', documentation });
    expect(document).toMatchObject({
      info: { title: 'pets', description: 'about', version: '2026-03-01T10:00:00Z', 'x-info': 2 },
      'x-root': 1,
      tags: [{ name: 't' }],
      definitions: { Pet: { title: 'A pet', type: 'object' } },
      securityDefinitions: { pool: { description: 'who' } },
    });
    expect(document).not.toHaveProperty('x-amazon-apigateway-documentation');
    expect(document).not.toHaveProperty('description');
    expect((paths as Json)['/pets']).toEqual({
      'x-resource': 3,
      get: {
        summary: 'list',
        consumes: ['application/json'],
        parameters: [
          { name: 'page', in: 'query', required: false, type: 'string', description: 'which' },
          { name: 'Pet', in: 'body', required: true, description: 'a pet', schema: { $ref: '#/definitions/Pet' } },
        ],
        responses: {
          '200': { description: 'fine', headers: { Link: { type: 'string', description: 'next' } } },
          '404': { description: 'gone' },
        },
        security: [{ pool: [] }],
      },
      put: { summary: 'any', responses: {} },
    });
  });

  it('stands in the definitions of what it is about, in OpenAPI 3', () => {
    const { paths, components } = exported(api, { documentation }) as { paths: Json; components: Json };
    expect(components).toMatchObject({ schemas: { Pet: { title: 'A pet' } }, securitySchemes: { pool: { description: 'who' } } });
    expect(paths['/pets']).toMatchObject({
      get: {
        summary: 'list',
        parameters: [{ name: 'page', description: 'which', schema: { type: 'string' } }],
        requestBody: { description: 'a pet', required: true },
        responses: {
          '200': { description: 'fine', headers: { Link: { description: 'next', schema: { type: 'string' } } } },
          '404': { description: 'gone' },
        },
      },
    });
  });
});

describe('printDocument', () => {
  it("writes YAML that says the same, and keeps tenants' keys", () => {
    const requestParameters = JSON.parse('{"method.request.header.__proto__":true,"method.request.header.5":false}') as Record<
      string,
      boolean
    >;
    const api = emptyApi({ description: 'a\n: b', resources: [resource('/yes', method({ requestParameters }))] });
    const document = exportOpenApi(api, { type: 'swagger', host: HOST, stageName: 'on', extensions: ['apigateway'] });
    const yaml = printDocument(document, 'application/yaml');
    expect(yaml).toMatch(/^---\nswagger: "2\.0"\ninfo:\n {2}title: "pets"\n/);
    expect(parse(yaml)).toEqual(JSON.parse(printDocument(document, 'application/json')));
  });
});
