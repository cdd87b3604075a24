import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { refusal } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'deny');
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const X = 'x-amazon-apigateway-';
const MOCK = { type: 'mock' };
const NO_MODEL = { $ref: 'https://apigateway.amazonaws.com/restapis/x/models/Nope' };

/** What differs between the specifications. */
interface Dialect {
  document(members: object): object;
  /** An operation whose body has the schema. */
  body(schema: object): object;
  response(schema: object): object;
  schemas: string;
  schemes: string;
}

const within = (pointer: string, value: object): object =>
  pointer
    .split('/')
    .slice(1)
    .reduceRight<object>((inner, key) => ({ [key]: inner }), value);

const DIALECTS: Record<string, Dialect> = {
  'Swagger 2.0': {
    document: (members) => ({ swagger: '2.0', info: { title: 't', version: '1' }, paths: {}, ...members }),
    body: (schema) => ({ parameters: [{ in: 'body', name: 'b', schema }] }),
    response: (schema) => ({ description: 'r', schema }),
    schemas: '/definitions',
    schemes: '/securityDefinitions',
  },
  'OpenAPI 3': {
    document: (members) => ({ openapi: '3.0.1', info: { title: 't', version: '1' }, paths: {}, ...members }),
    body: (schema) => ({ requestBody: { content: { 'application/json': { schema } } } }),
    response: (schema) => ({ description: 'r', content: { 'application/json': { schema } } }),
    schemas: '/components/schemas',
    schemes: '/components/securitySchemes',
  },
};

const FORMATS: Record<string, (document: object) => string> = {
  JSON: (document) => JSON.stringify(document, null, 2),
  YAML: (document) => stringify(document),
};

/** The line that begins with the last name of the pointer, which the document has once; of an item, that of what it begins with. */
function lineOf(text: string, pointer: string): number {
  const key = pointer.split('/').at(-1)!.replaceAll('~1', '/');
  const name = key === '0' ? /^\s*(- )?"?location"?:/ : new RegExp(`^\\s*["']?${key.replace(/[{}]/g, '\\$&')}["']?:`);
  const lines = text.split('\n').flatMap((line, index) => (name.test(line) ? [index + 1] : []));
  expect(lines).toHaveLength(1);
  return key === '0' && text.startsWith('{') ? lines[0]! - 1 : lines[0]!;
}

/** What is wrong, how it is told, and where: for each specification. */
const CASES: [string, (dialect: Dialect) => [members: object, undone: string, pointer: string]][] = [
  [
    'a resource beside another variable one',
    () => [{ paths: { '/{a}': {}, '/{b}': {} } }, "Unable to create resource at path '/{a}': A sibling ({b}) of", '/paths/~1{a}'],
  ],
  [
    'a method whose model is not there',
    ({ body }) => [
      { paths: { '/a': { get: body(NO_MODEL) } } },
      "Unable to put method 'GET' on resource at path '/a': Invalid model identifier specified: Nope",
      '/paths/~1a/get',
    ],
  ],
  [
    'a response whose model is not there',
    ({ response }) => [
      { paths: { '/a': { get: { responses: { 200: response(NO_MODEL) } } } } },
      "Unable to put method response on 'GET' for resource at path '/a': Invalid model identifier specified: Nope",
      '/paths/~1a/get/responses/200',
    ],
  ],
  [
    'an integration with a wrong URI',
    () => [
      { paths: { '/a': { get: { [`${X}integration`]: { type: 'http', httpMethod: 'GET', uri: 'nonsense' } } } } },
      "Unable to put integration on 'GET' for resource at path '/a': Invalid HTTP endpoint specified for URI",
      `/paths/~1a/get/${X}integration`,
    ],
  ],
  [
    'an integration of a VPC link that is not there',
    () => [
      {
        paths: {
          '/a': {
            get: {
              [`${X}integration`]: {
                type: 'http',
                httpMethod: 'GET',
                uri: 'http://x/',
                connectionType: 'VPC_LINK',
                connectionId: 'nope',
              },
            },
          },
        },
      },
      "Unable to put integration on 'GET' for resource at path '/a': Invalid Vpc Link identifier specified",
      `/paths/~1a/get/${X}integration`,
    ],
  ],
  [
    'an integration response that sets what the method does not declare',
    () => [
      {
        paths: {
          '/a': {
            get: {
              responses: { 200: { description: 'r' } },
              [`${X}integration`]: {
                ...MOCK,
                responses: { default: { statusCode: '200', responseParameters: { 'method.response.header.x': "'y'" } } },
              },
            },
          },
        },
      },
      "Unable to put integration response on 'GET' for resource at path '/a': ",
      `/paths/~1a/get/${X}integration/responses/default`,
    ],
  ],
  [
    'a gateway response with a wrong parameter',
    () => [
      { [`${X}gateway-responses`]: { THROTTLED: { responseParameters: { nonsense: "'x'" } } } },
      "Unable to put gateway response 'THROTTLED': ",
      `/${X}gateway-responses/THROTTLED`,
    ],
  ],
  [
    'a request validator of a blank name',
    () => [
      { [`${X}request-validators`]: { ' ': { validateRequestBody: true } } },
      "Unable to create request validator ' ': Request Validator name cannot be blank",
      `/${X}request-validators/ `,
    ],
  ],
  [
    'an authorizer with a wrong URI',
    ({ schemes }) => [
      within(schemes, {
        auth: { type: 'apiKey', name: 'a', in: 'header', [`${X}authorizer`]: { type: 'token', authorizerUri: 'nonsense' } },
      }),
      "Unable to create authorizer 'auth': ",
      `${schemes}/auth/${X}authorizer`,
    ],
  ],
  [
    'a model that is no schema',
    ({ schemas }) => [
      within(schemas, { Bad: { type: 'nonsense' } }),
      "Unable to create model for 'Bad': Invalid model specified",
      `${schemas}/Bad`,
    ],
  ],
  ['an API without a name', () => [{ info: {} }, 'Unable to set the name: ', '/info']],
  ['a policy that is none', () => [{ [`${X}policy`]: 'nonsense' }, 'Unable to set the policy: ', `/${X}policy`]],
  [
    'a compression size out of bounds',
    () => [
      { [`${X}minimum-compression-size`]: -1 },
      'Unable to set the minimum compression size: Invalid minimum compression size, must be between 0 and 10485760',
      `/${X}minimum-compression-size`,
    ],
  ],
  [
    'an unknown security policy',
    () => [{ [`${X}security-policy`]: 'nonsense' }, 'Unable to set the security policy: ', `/${X}security-policy`],
  ],
  [
    'documentation that is no object',
    () => [
      { [`${X}documentation`]: { documentationParts: [{ location: { type: 'API' }, properties: 'nonsense' }] } },
      "Unable to create documentation part for type 'API': Documentation part properties must be a JSON object",
      `/${X}documentation/documentationParts/0`,
    ],
  ],
];

describe.each(Object.keys(DIALECTS))('%s', (dialect) => {
  describe.each(Object.keys(FORMATS))('as %s', (format) => {
    it.each(CASES)('the place of %s is told', async (_, given) => {
      const [members, undone, pointer] = given(DIALECTS[dialect]!);
      const text = FORMATS[format]!(DIALECTS[dialect]!.document(members));
      const message = await refusal(serving.definition.restApis.importRestApi(serving.call, { body: Buffer.from(text) }));
      expect(message).toContain(`BadRequestException: Errors found during import:\n\t${undone}`);
      expect(message).toContain(` [${pointer} (line ${lineOf(text, pointer)})]`);
    });
  });
});

it('PutRestApi tells the places of all errors', async () => {
  const { id } = await serving.definition.newApi();
  const { schemas, document } = DIALECTS['OpenAPI 3']!;
  const text = FORMATS['YAML']!(
    document({ paths: { '/{a}': {}, '/{b}': {} }, ...within(schemas, { Bad: { type: 'nonsense' } }) }),
  );
  const put = serving.definition.restApis.putRestApi(serving.call, { restApiId: id, body: Buffer.from(text) });
  expect((await refusal(put)).match(/\[[^[]*\(line \d+\)\]/g)).toEqual([
    `[/components/schemas/Bad (line ${lineOf(text, '/Bad')})]`,
    `[/paths/~1{a} (line ${lineOf(text, '/~1{a}')})]`,
    `[/paths/~1{b} (line ${lineOf(text, '/~1{b}')})]`,
  ]);
});

it('an endpoint of the query has no place in the document', async () => {
  const body = Buffer.from(JSON.stringify(DIALECTS['OpenAPI 3']!.document({})));
  const parameters = { endpointConfigurationTypes: 'REGIONAL,EDGE' };
  expect(await refusal(serving.definition.restApis.importRestApi(serving.call, { body, parameters }))).toBe(
    'BadRequestException: Errors found during import:\n\tUnable to set the endpoint configuration: Cannot create an api with multiple Endpoint Types.',
  );
});
