import type { ApiDefinition, AuthorizerModel, RestApiModel } from '@gatehouse/api-model';
import { describe, expect, it } from 'vitest';
import { emptyApi, method, resource } from './export/export.fixture.js';
import { imported, openApi } from './import/import.fixture.js';
import { petstoreOpenApi, petstoreSwagger } from './import/petstore.fixture.js';
import { exportOpenApi, printDocument, type ExportType } from './index.js';

/** The API that the definition defines, ids given out by position. */
function apiOf(definition: ApiDefinition): RestApiModel {
  const placeOf = (names: string[], wanted: string | undefined) =>
    wanted === undefined ? undefined : String(names.indexOf(wanted));
  return {
    apiId: 'a1b2c3d4e5',
    createdDate: '2026-03-01T10:00:00Z',
    apiKeySource: 'HEADER',
    binaryMediaTypes: [],
    disableExecuteApiEndpoint: false,
    name: '',
    ...definition,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4', ...definition.endpointConfiguration },
    authorizers: definition.authorizers.map((authorizer, index) => ({ id: String(index), ...authorizer })),
    requestValidators: definition.requestValidators.map(({ key: _, ...validator }, index) => ({
      id: String(index),
      ...validator,
    })),
    resources: definition.resources.map(({ path, methods }) => ({
      id: path,
      path,
      methods: methods.map(({ authorizer, requestValidator, methodIntegration, ...method }) => ({
        ...method,
        authorizerId: placeOf(
          definition.authorizers.map(({ name }) => name),
          authorizer,
        ),
        requestValidatorId: placeOf(
          definition.requestValidators.map(({ key }) => key),
          requestValidator,
        ),
        methodIntegration: methodIntegration && { cacheNamespace: path, ...methodIntegration },
      })),
    })),
  };
}

const everything = openApi({
  paths: {
    '/a/{id}/{proxy+}': {
      'x-amazon-apigateway-any-method': {
        operationId: 'op',
        parameters: [
          { name: 'proxy', in: 'path', required: true },
          { name: 'q', in: 'query', required: true },
          { name: 'h', in: 'header' },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Person' } } } },
        responses: {
          200: { headers: { 'X-A': {} } },
          404: { content: { 'a/b': { schema: { $ref: '#/components/schemas/House' } } } },
        },
        security: [{ cognito: ['email'] }, { key: [] }],
        'x-amazon-apigateway-request-validator': 'all',
        'x-amazon-apigateway-integration': {
          type: 'http_proxy',
          httpMethod: 'ANY',
          uri: 'https://example.com/{proxy}',
          connectionType: 'VPC_LINK',
          connectionId: 'abc123',
          credentials: 'arn:aws:iam::000000000000:role/r',
          requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
          requestTemplates: { 'application/json': '$input.body' },
          passthroughBehavior: 'never',
          contentHandling: 'CONVERT_TO_TEXT',
          timeoutInMillis: 500,
          cacheNamespace: 'ns',
          cacheKeyParameters: ['method.request.path.proxy'],
          tlsConfig: { insecureSkipVerification: true },
          responseTransferMode: 'STREAM',
          responses: {
            default: { statusCode: '200', responseParameters: { 'method.response.header.X-A': "'a'" } },
            '4\\d\\d': { statusCode: '404', responseTemplates: { 'a/b': 'x' }, contentHandling: 'CONVERT_TO_BINARY' },
          },
        },
      },
    },
    '/b': {
      get: { security: [{ iam: [] }], 'x-amazon-apigateway-integration': { type: 'mock' } },
      post: { security: [{ request: [] }] },
    },
  },
  components: {
    schemas: {
      Person: { type: 'object', required: ['b'], properties: { house: { $ref: '#/components/schemas/House' } } },
      House: { type: 'array', items: { $ref: '#/components/schemas/Person' }, description: 'Where people live' },
    },
    securitySchemes: {
      cognito: {
        type: 'apiKey',
        name: 'Token',
        in: 'header',
        'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn:pool'] },
      },
      request: {
        type: 'apiKey',
        name: 'Unused',
        in: 'header',
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          authorizerUri: 'arn:x',
          identitySource: 'method.request.header.A, context.identity.sourceIp',
          authorizerResultTtlInSeconds: 60,
        },
      },
      iam: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
      key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    },
  },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-gateway-responses': {
    THROTTLED: { statusCode: '429', responseTemplates: { 'application/json': '{}' }, responseParameters: {} },
  },
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-minimum-compression-size': 100,
  'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
  'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: [] },
});

describe('what is imported, exported and imported again', () => {
  const types: ExportType[] = ['swagger', 'oas30'];
  const formats = ['application/json', 'application/yaml'] as const;
  const documents = { petstoreSwagger, petstoreOpenApi, everything };
  const cases = Object.entries(documents).flatMap(([name, document]) =>
    types.flatMap((type) => formats.map((format) => [name, type, format, document] as const)),
  );

  it.each(cases)('is the same: %s as %s in %s', (_, type, format, document) => {
    const { definition } = imported(document);
    const options = {
      type,
      host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
      stageName: 'prod',
      extensions: ['apigateway'] as const,
    };
    const { definition: again, warnings } = imported(printDocument(exportOpenApi(apiOf(definition), options), format));
    expect(warnings).toEqual([]);
    const undocumented = { documentationParts: [], documentationVersion: undefined };
    expect({ ...again, ...undocumented }).toEqual({ ...definition, ...undocumented });
  });
});

describe('what is exported and imported', () => {
  const again = (api: RestApiModel, type: ExportType) => {
    const document = exportOpenApi(api, { type, host: 'h', stageName: 's', extensions: ['apigateway'] });
    return imported(printDocument(document, 'application/json')).definition;
  };
  const methodAgain = (given: Parameters<typeof method>[0], type: ExportType, api: Partial<RestApiModel> = {}) =>
    again(emptyApi({ ...api, resources: [resource('/', method(given))] }), type).resources[0]!.methods[0]!;
  const token = (identitySource?: string): AuthorizerModel => {
    return { id: 't', name: 'token', type: 'TOKEN', authorizerUri: 'u', authType: 'custom', providerArns: [], identitySource };
  };

  it.each<ExportType>(['swagger', 'oas30'])('keeps by way of %s a model that nothing uses', (type) => {
    const model = { name: 'Toy', contentType: 'application/json', schema: '{"type":"object"}' };
    expect(again(emptyApi({ models: [model] }), type).models).toEqual([model]);
  });

  it.each(
    ['swagger', 'oas30'].flatMap((type) =>
      [
        { type: 'object', default: { $ref: 'x' } },
        { type: 'object', default: [{ $ref: '#/definitions/B' }], definitions: { B: { enum: [{ $ref: 'hello' }] } } },
        { enum: [{ $ref: 'hello' }, { $ref: '#/a' }, { $ref: 'https://apigateway.amazonaws.com/restapis/x/models/Nope' }] },
        { items: { $ref: '#/definitions/B' }, definitions: { B: { not: { enum: [{ $ref: '#/definitions/B' }] } } } },
        { properties: { $ref: { type: 'object', properties: { up: { $ref: '#' } } } } },
      ].map((schema) => [type as ExportType, schema] as const),
    ),
  )('keeps by way of %s what only looks like a reference: %j', (type, schema) => {
    const model = { name: 'E3', contentType: 'application/json', schema: JSON.stringify(schema) };
    const { models } = again(emptyApi({ models: [model] }), type);
    expect(models.map(({ name }) => name)).toEqual(['E3']);
    expect(JSON.parse(models[0]!.schema!)).toEqual(schema);
  });

  it('keeps by way of oas30 which headers of a response are required', () => {
    const responseParameters = { 'method.response.header.a': true, 'method.response.header.b': false };
    const { methodResponses } = methodAgain(
      { methodResponses: [{ statusCode: '200', responseParameters, responseModels: {} }] },
      'oas30',
    );
    expect(methodResponses[0]!.responseParameters).toEqual(responseParameters);
  });

  it.each<ExportType>(['swagger', 'oas30'])('keeps by way of %s the scopes of a method with an authorizer of its own', (type) => {
    const authorized = { authorizationType: 'CUSTOM', authorizationScopes: ['a', 'b'] };
    expect(methodAgain({ ...authorized, authorizerId: 't' }, type, { authorizers: [token()] })).toMatchObject(authorized);
  });

  it.each<ExportType>(['swagger', 'oas30'])('keeps by way of %s the header of an authorizer, whatever it is called', (type) => {
    for (const header of ['X-Token', 'Unused', 'unused', 'x-api-key']) {
      const authorizer = token(`method.request.header.${header}`);
      expect(again(emptyApi({ authorizers: [authorizer] }), type).authorizers).toMatchObject([
        { identitySource: authorizer.identitySource },
      ]);
    }
  });

  it.each<ExportType>(['swagger', 'oas30'])('keeps by way of %s patterns that are longer than names', (type) => {
    const integrationResponses = [4095, 4096, 4097, 5000, 5000].map((length, index) => ({
      statusCode: String(200 + index),
      selectionPattern: '4'.repeat(length),
      responseParameters: {},
      responseTemplates: { 'a/b': String(index) },
    }));
    const methodIntegration = { ...method().methodIntegration!, integrationResponses };
    expect(methodAgain({ methodIntegration }, type).methodIntegration!.integrationResponses).toEqual(integrationResponses);
  });

  it.each<ExportType>(['swagger', 'oas30'])('keeps by way of %s what a pattern like the name of none matches', (type) => {
    const response = { responseParameters: {}, responseTemplates: {} };
    const methodIntegration = {
      ...method().methodIntegration!,
      integrationResponses: [
        { ...response, statusCode: '200' },
        { ...response, statusCode: '400', selectionPattern: 'default' },
      ],
    };
    expect(methodAgain({ methodIntegration }, type).methodIntegration!.integrationResponses).toEqual([
      { ...response, statusCode: '200' },
      { ...response, statusCode: '400', selectionPattern: 'default' },
    ]);
  });
});
