import type { MethodModel, RestApiModel } from '@gatehouse/api-model';
import { dataPlaneKey, readDocument, writeDocument, type DeploymentSnapshot } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { compileDeployment, type CompiledDeployment } from './compile-deployment.js';

const scope = { accountId: '123456789012', region: 'us-east-1' };
const key = dataPlaneKey(Buffer.alloc(32, 7));
const url = (name: string, api = 'api1234567') => `https://apigateway.amazonaws.com/restapis/${api}/models/${name}`;
const VALIDATORS = [
  { id: 'params', validateRequestBody: false, validateRequestParameters: true },
  { id: 'bodies', validateRequestBody: true, validateRequestParameters: false },
  { id: 'all', validateRequestBody: true, validateRequestParameters: true },
  { id: 'none', validateRequestBody: false, validateRequestParameters: false },
];

/** Schemas by name; texts as they are. */
function compile(method: Partial<MethodModel>, schemas: Record<string, unknown> = {}): CompiledDeployment {
  const model: RestApiModel = {
    apiId: 'api1234567',
    name: 'test',
    createdDate: '2026-01-01T00:00:00Z',
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    binaryMediaTypes: [],
    models: Object.entries(schemas).map(([name, schema]) => ({
      name,
      contentType: 'application/json',
      schema: typeof schema === 'string' ? schema : JSON.stringify(schema),
    })),
    authorizers: [],
    requestValidators: VALIDATORS,
    gatewayResponses: [],
    resources: [
      {
        id: 'r00001',
        path: '/',
        methods: [
          {
            httpMethod: 'POST',
            authorizationType: 'NONE',
            apiKeyRequired: false,
            requestParameters: {},
            requestModels: {},
            methodResponses: [],
            methodIntegration: {
              type: 'MOCK',
              requestParameters: {},
              requestTemplates: { 'application/json': '{"statusCode": 200}' },
              passthroughBehavior: 'WHEN_NO_MATCH',
              timeoutInMillis: 29_000,
              cacheNamespace: 'r00001',
              cacheKeyParameters: [],
              integrationResponses: [],
            },
            ...method,
          },
        ],
      },
    ],
  };
  return compileDeployment(model, { scope, key });
}

const routeOf = ({ body }: CompiledDeployment) => body.routes[0] as DeploymentSnapshot['routes'][number];

describe('what requests are validated by', () => {
  const requestParameters = {
    'method.request.querystring.b': true,
    'method.request.header.c': true,
    'method.request.path.p': true,
    'method.request.header.x': false,
  };

  it('is a document that gateways read', () => {
    const { body, hash } = compile(
      { requestValidatorId: 'all', requestParameters, requestModels: { 'application/json': 'Pet' } },
      { Pet: { type: 'object' } },
    );
    const ref = { kind: 'deployment', key: hash, ...scope } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 0, body })).body).toEqual(body);
  });

  it('are parameters, in the order in which AWS tells them', () => {
    expect(routeOf(compile({ requestValidatorId: 'params', requestParameters })).validation).toEqual({
      parameters: [
        { in: 'header', name: 'c' },
        { in: 'querystring', name: 'b' },
      ],
    });
  });

  it.each(['none', undefined])('is nothing with validator %s', (requestValidatorId) => {
    const { body, unenforceable, hash } = compile({
      requestValidatorId,
      requestParameters,
      requestModels: { 'application/json': 'Gone' },
    });
    expect([unenforceable, Object.keys(body), body.routes[0]?.validation]).toEqual([
      [],
      expect.not.arrayContaining(['models']),
      undefined,
    ]);
    expect(hash).toBe(compile({}).hash);
  });

  it('is nothing where no parameter is required', () => {
    expect(
      routeOf(compile({ requestValidatorId: 'params', requestParameters: { 'method.request.header.x': false } })).validation,
    ).toBeUndefined();
  });

  it.each<[Record<string, string>, unknown]>([
    [{}, { models: [], otherwise: null }],
    [{ 'application/json': 'A' }, { models: [], otherwise: 'A' }],
    [{ $default: 'A' }, { models: [], otherwise: 'A' }],
    [
      { $default: 'A', 'application/json': 'B' },
      { models: [], otherwise: 'B' },
    ],
    [
      { 'Text/Plain; charset=utf-8': 'A', 'application/json': 'B', 'a/b': 'B' },
      { models: [['text/plain', 'A']], otherwise: 'B' },
    ],
    [
      { 'text/b': 'A', 'text/a': 'A' },
      {
        models: [
          ['text/a', 'A'],
          ['text/b', 'A'],
        ],
        otherwise: null,
      },
    ],
    [
      { 'application/json': 'A', 'application/JSON;x=y': 'A' },
      { models: [], otherwise: 'A' },
    ],
  ])('are models, by media type: %j', (requestModels, body) => {
    const compiled = compile({ requestValidatorId: 'bodies', requestModels }, { A: { type: 'object' }, B: { type: 'array' } });
    expect([compiled.unenforceable, routeOf(compiled).validation]).toEqual([[], { body }]);
  });

  it('publishes the models that are used, and those that they refer to, numbers as they are written', () => {
    const schemas = {
      Unused: { type: 'object' },
      Pet: `{ "type": "object", "properties": { "owner": { "$ref": "${url('Owner')}" }, "price": { "maximum": 1.50, "multipleOf": 12345678901234567890 } } }`,
      Owner: { type: 'object', properties: { pet: { $ref: url('Pet') } } },
    };
    const { body } = compile({ requestValidatorId: 'all', requestModels: { 'application/json': 'Pet' } }, schemas);
    expect(body.models).toEqual([
      { name: 'Owner', schema: `{"properties":{"pet":{"$ref":"${url('Pet')}"}},"type":"object"}` },
      {
        name: 'Pet',
        schema: `{"properties":{"owner":{"$ref":"${url('Owner')}"},"price":{"maximum":1.50,"multipleOf":12345678901234567890}},"type":"object"}`,
      },
    ]);
  });

  it('has one hash for one content', () => {
    const used = { requestValidatorId: 'all', requestModels: { 'application/json': 'Pet' } };
    const one = compile(used, { Pet: '{"type":"object","required":["a"]}' });
    expect(compile(used, { Other: {}, Pet: '{ "required": ["a"], "type": "object" }' }).hash).toBe(one.hash);
    expect(compile(used, { Pet: { type: 'object', required: ['b'] } }).hash).not.toBe(one.hash);
  });
});

describe('what cannot be validated is named', () => {
  it.each<[string, Partial<MethodModel>, Record<string, unknown>]>([
    ['requestValidatorId', { requestValidatorId: 'gone' }, {}],
    ['required parameter method.request.body.a', { requestParameters: { 'method.request.body.a': true } }, {}],
    ['model Pet#: there is no such schema', {}, {}],
    ['model Pet#: is not a JSON object', {}, { Pet: '<xs:schema/>' }],
    [
      'model Pet#/properties/a/pattern: the pattern "(?<=a)b" cannot be matched: a look-behind or a named group',
      {},
      { Pet: { properties: { a: { pattern: '(?<=a)b' } } } },
    ],
    ['model Pet#/$ref: "http://169.254.169.254/" is not a model of this API', {}, { Pet: { $ref: 'http://169.254.169.254/' } }],
    [
      `model Pet#/$ref: "${url('Pet', 'another000')}" is not a model of this API`,
      {},
      { Pet: { $ref: url('Pet', 'another000') } },
    ],
    [
      'model Owner#/minLength: is no whole number from 0 to 999999999999999',
      {},
      { Pet: { $ref: url('Owner') }, Owner: { minLength: -1 } },
    ],
    [
      'model Pet#: a schema that refers to itself without end',
      {},
      { Pet: { $ref: url('Owner') }, Owner: { allOf: [{ $ref: url('Pet') }] } },
    ],
  ])('%s', (setting, method, schemas) => {
    const compiled = compile(
      { requestValidatorId: 'all', requestModels: setting.startsWith('model') ? { 'application/json': 'Pet' } : {}, ...method },
      schemas,
    );
    expect(compiled.unenforceable).toEqual([`POST /: ${setting}`]);
    expect([routeOf(compiled).integration.type, routeOf(compiled).validation]).toEqual(['DENIED', undefined]);
  });

  it('two models for one media type', () => {
    const requestModels = { 'application/json': 'A', 'Application/JSON; charset=utf-8': 'B' };
    const { unenforceable } = compile({ requestValidatorId: 'all', requestModels }, { A: {}, B: {} });
    expect(unenforceable).toEqual(['POST /: several models for application/json']);
  });

  it('a model that refers to a broken one is broken, too, in whatever order they come', () => {
    const schemas = { A: { minLength: -1 }, B: { properties: { a: { $ref: url('A') } } } };
    for (const requestModels of [
      { 'a/a': 'A', 'b/b': 'B' },
      { 'a/a': 'B', 'b/b': 'A' },
    ]) {
      expect(compile({ requestValidatorId: 'all', requestModels }, schemas).unenforceable).toHaveLength(2);
    }
  });
});
