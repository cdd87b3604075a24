import { CreateDeploymentCommand, ImportRestApiCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { Product, type GatewayProcess } from './product.js';

// An API that a document defines, as clients and its backend see it: request validators, models that refer to one another, a gateway response that says what is wrong.

let product: Product;
let gateway: GatewayProcess;
let backend: Backend;
let apiId: string;

const integration = (uri: string) => ({ type: 'http_proxy', httpMethod: 'POST', uri, passthroughBehavior: 'when_no_match' });

const documentOf = (uri: string) => ({
  openapi: '3.0.1',
  info: { title: 'pets', version: '1' },
  'x-amazon-apigateway-request-validators': {
    all: { validateRequestBody: true, validateRequestParameters: true },
    none: { validateRequestBody: false, validateRequestParameters: false },
  },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-gateway-responses': {
    BAD_REQUEST_BODY: {
      statusCode: '422',
      responseTemplates: {
        'application/json': '{"message":$context.error.messageString,"details":"$context.error.validationErrorString"}',
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['name', 'price'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1, pattern: '^[A-Z](?!.*[0-9])' },
          price: { type: 'number', minimum: 0, multipleOf: 0.01 },
          children: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
        },
      },
    },
  },
  paths: {
    '/pets': {
      post: {
        parameters: [
          { name: 'shop', in: 'query', required: true, schema: { type: 'string' } },
          { name: 'X-Request', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
        responses: {},
        'x-amazon-apigateway-integration': integration(`${uri}/pets`),
      },
      put: {
        parameters: [{ name: 'shop', in: 'query', required: true, schema: { type: 'string' } }],
        responses: {},
        'x-amazon-apigateway-request-validator': 'none',
        'x-amazon-apigateway-integration': integration(`${uri}/pets`),
      },
    },
  },
});

beforeAll(async () => {
  product = await Product.start({ controlPlanes: 1, gateways: 1 });
  gateway = product.gateways[0]!;
  backend = await startBackend();
  const client = product.controlPlanes[0]!.client();
  const body = Buffer.from(JSON.stringify(documentOf(backend.url)));
  apiId = (await client.send(new ImportRestApiCommand({ body, failOnWarnings: true }))).id!;
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
  await until('the API to be served', async () => ((await call({ method: 'PUT' })).status === 200 ? true : undefined));
});
beforeEach(() => void backend.requests.splice(0));
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

const REX = '{ "name": "Rex", "price": 19.90, "children": [ {"name":"R\\u00e9x","price":1e1} ] }';

const call = ({ method = 'POST', path = '/dev/pets?shop=1', headers = {}, body = REX as string | Buffer } = {}) =>
  gateway.call(apiId, path, { method, body, headers: { 'x-request': '1', 'content-type': 'application/json', ...headers } });

describe('request validators', () => {
  it('let through what fits, byte for byte', async () => {
    expect(await call()).toMatchObject({ status: 200 });
    expect(backend.requests).toMatchObject([{ url: '/pets?shop=1', body: REX, headers: { 'content-type': 'application/json' } }]);
  });

  it('tell all required parameters that are missing', async () => {
    const answer = await call({ path: '/dev/pets?shop=', headers: { 'x-request': ' ' } });
    expect(answer).toMatchObject({ status: 400, body: '{"message":"Missing required request parameters: [X-Request, shop]"}' });
    expect(answer.headers['x-amzn-errortype']).toBe('BadRequestException');
    expect(backend.requests).toEqual([]);
  });

  it.each([
    ['{}', 'object has missing required properties ([\\"name\\",\\"price\\"])'],
    ['{"name":"Rex","price":19.999}', 'remainder of division is not zero (19.999 / 0.01)'],
    ['{"name":"Rex1","price":1}', 'ECMA 262 regex \\"^[A-Z](?!.*[0-9])\\" does not match input string \\"Rex1\\"'],
    [
      '{"name":"Rex","price":1,"children":[{"name":1,"price":2}]}',
      'instance type (integer) does not match any allowed primitive type (allowed: [\\"string\\"])',
    ],
    [
      '{"name":"Rex","price":1,"__proto__":{}}',
      'object instance has properties which are not allowed by the schema: [\\"__proto__\\"]',
    ],
  ])('tell what is wrong with %s', async (body, details) => {
    const answer = await call({ body });
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([422, 'BadRequestException']);
    expect(answer.body.replaceAll('\\"', '"')).toBe(
      `{"message":"Invalid request body","details":"[${details.replaceAll('\\"', '"')}]"}`,
    );
    expect(backend.requests).toEqual([]);
  });

  it.each([
    'APPLICATION/JSON',
    'application/json;',
    'application/json\t; charset=utf-8',
    'text/plain',
    'application/x+json',
    'a',
  ])('security class: validation bypass by Content-Type: %j', async (contentType) => {
    expect((await call({ body: '{"name":1}', headers: { 'content-type': contentType } })).status).toBe(422);
    expect(backend.requests).toEqual([]);
  });

  it('security class: regular expressions and validations that explode', async () => {
    const began = performance.now();
    const children = '{"name":"A","price":1,"children":['.repeat(300) + ']}'.repeat(300);
    const answers: [body: string, status: number][] = [
      [`{"name":"A${'a'.repeat(2_000_000)}1","price":1}`, 422],
      [children.replaceAll('"price":1', '"price":1e1000'), 200],
      ['['.repeat(1_000_000), 422],
    ];
    for (const [body, status] of answers) expect((await call({ body })).status).toBe(status);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect((await call()).status).toBe(200);
  });

  it('look at nothing where they are told so', async () => {
    expect((await call({ method: 'PUT', path: '/dev/pets', body: 'no JSON' })).status).toBe(200);
  });
});
