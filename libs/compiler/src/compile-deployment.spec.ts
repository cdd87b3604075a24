import type { IntegrationModel, MethodModel, RestApiModel } from '@gatehouse/api-model';
import {
  canonicalJson,
  contentHash,
  dataPlaneKey,
  readDocument,
  unseal,
  writeDocument,
  type IntegrationSnapshot,
  type ParameterSource,
} from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { compileDeployment } from './compile-deployment.js';
import { literalName } from './sealed-literal.js';
import { refuseUnenforceable } from './unenforceable-settings.js';

const key = dataPlaneKey(Buffer.alloc(32, 7));
const scope = { accountId: '123456789012', region: 'us-east-1' };
const context = { scope, key };

const httpProxy = (more: Partial<IntegrationModel> = {}): IntegrationModel => ({
  type: 'HTTP_PROXY',
  httpMethod: 'ANY',
  uri: 'http://backend.test/pets',
  requestParameters: {},
  requestTemplates: {},
  passthroughBehavior: 'WHEN_NO_MATCH',
  timeoutInMillis: 29_000,
  cacheNamespace: 'abc123',
  cacheKeyParameters: [],
  integrationResponses: [],
  ...more,
});
const http = (more: Partial<IntegrationModel> = {}) => httpProxy({ type: 'HTTP', httpMethod: 'GET', ...more });
const mock = (more: Partial<IntegrationModel> = {}) =>
  httpProxy({ type: 'MOCK', uri: undefined, requestTemplates: { 'application/json': '{"statusCode": 200}' }, ...more });

const HELLO = 'arn:aws:lambda:us-east-1:123456789012:function:hello';
const invocationsOf = (arn: string) => `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
const lambda = (more: Partial<IntegrationModel> = {}) =>
  httpProxy({ type: 'AWS', httpMethod: 'POST', uri: invocationsOf(HELLO), ...more });
const service = (more: Partial<IntegrationModel> = {}) =>
  lambda({ uri: 'arn:aws:apigateway:us-east-1:sqs:path/q', credentials: 'arn:aws:iam::123456789012:role/r', ...more });
const lambdaProxy = (more: Partial<IntegrationModel> = {}) => lambda({ type: 'AWS_PROXY', ...more });

const method = (more: Partial<MethodModel> = {}): MethodModel => ({
  httpMethod: 'GET',
  authorizationType: 'NONE',
  apiKeyRequired: false,
  requestParameters: {},
  requestModels: {},
  methodResponses: [],
  methodIntegration: httpProxy(),
  ...more,
});

const api = (more: Partial<RestApiModel> = {}, ...methods: MethodModel[]): RestApiModel => ({
  apiId: 'a1b2c3d4e5',
  name: 'pets',
  createdDate: '2026-01-01T00:00:00Z',
  apiKeySource: 'HEADER',
  disableExecuteApiEndpoint: false,
  endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
  binaryMediaTypes: [],
  resources: [{ id: 'abc123', path: '/pets', methods: methods.length > 0 ? methods : [method()] }],
  models: [],
  authorizers: [],
  requestValidators: [],
  gatewayResponses: [],
  ...more,
});

const withIntegration = (integration: IntegrationModel) => api({}, method({ methodIntegration: integration }));

function compileIntegration(integration: IntegrationModel): IntegrationSnapshot {
  return compileDeployment(withIntegration(integration), context).body.routes[0]!.integration;
}

const refusals = (model: RestApiModel): readonly string[] => compileDeployment(model, context).unenforceable;

describe('what a deployment becomes', () => {
  it('is a document that gateways read', () => {
    const { body, hash } = compileDeployment(
      api(
        {},
        method({ methodIntegration: http({ integrationResponses: [response()] }) }),
        method({ httpMethod: 'POST', methodIntegration: mock() }),
      ),
      context,
    );
    const ref = { kind: 'deployment', key: hash, ...scope } as const;
    const text = writeDocument(key, { ...ref, revision: 0, body });
    expect(readDocument([key], ref, text).body).toEqual(body);
  });

  it('is named by its content', () => {
    const { body, hash } = compileDeployment(api(), context);
    expect(hash).toBe(contentHash(canonicalJson(body)));
    expect(compileDeployment(api({ disableExecuteApiEndpoint: true }), context).hash).not.toBe(hash);
  });

  it('has one hash for one content, in whatever order it is listed', () => {
    const requestParameters = { 'integration.request.header.b': "'2'", 'integration.request.header.a': "'1'" };
    const turned = { 'integration.request.header.a': "'1'", 'integration.request.header.b': "'2'" };
    const one = api({
      resources: [
        {
          id: 'r00001',
          path: '/a',
          methods: [method({ methodIntegration: httpProxy({ requestParameters }) }), method({ httpMethod: 'POST' })],
        },
        { id: 'r00002', path: '/b', methods: [method()] },
      ],
    });
    const other = api({
      resources: [
        { id: 'r00002', path: '/b', methods: [method()] },
        {
          id: 'r00001',
          path: '/a',
          methods: [method({ httpMethod: 'POST' }), method({ methodIntegration: httpProxy({ requestParameters: turned }) })],
        },
      ],
    });
    expect(compileDeployment(other, context).hash).toBe(compileDeployment(one, context).hash);
  });

  it('carries route, key requirement and operation name', () => {
    const { body } = compileDeployment(api({}, method({ apiKeyRequired: true, operationName: 'ListPets' })), context);
    expect(body.routes[0]).toMatchObject({
      resourceId: 'abc123',
      path: '/pets',
      httpMethod: 'GET',
      apiKeyRequired: true,
      operationName: 'ListPets',
    });
  });

  it.each(['EDGE', 'REGIONAL'] as const)('takes %s endpoints', (type) => {
    expect(refusals(api({ endpointConfiguration: { types: [type], ipAddressType: 'ipv4' } }))).toEqual([]);
  });

  it('takes request models and required parameters without a validator: AWS does not enforce them either', () => {
    const declared = method({
      requestModels: { 'application/json': 'Pet' },
      requestParameters: { 'method.request.header.x': true },
    });
    expect(refusals(api({}, declared))).toEqual([]);
  });
});

describe('what cannot be deployed at all', () => {
  it('says that there are no methods', () => {
    expect(() => compileDeployment(api({ resources: [{ id: 'r', path: '/', methods: [] }] }), context)).toThrow(
      "The REST API doesn't contain any methods",
    );
  });

  it('says that a method has no integration', () => {
    expect(() => compileDeployment(api({}, method({ methodIntegration: undefined })), context)).toThrow(
      'No integration defined for method',
    );
  });
});

describe('what cannot be enforced is named', () => {
  it.each<[string, RestApiModel]>([
    ['API: policy: Syntax errors in policy: it has no Statement.', api({ policy: '{"Version":"2012-10-17"}' })],
    ['API: securityPolicy TLS_1_2', api({ securityPolicy: 'TLS_1_2' })],
    ['API: endpointAccessMode STRICT', api({ endpointAccessMode: 'STRICT' })],
    [
      'API: endpointConfiguration type PRIVATE',
      api({ endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack' } }),
    ],
    [
      'API: endpointConfiguration vpcEndpointIds',
      api({ endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4', vpcEndpointIds: ['vpce-1'] } }),
    ],
    ['GET /pets: requestValidatorId', api({}, method({ requestValidatorId: 'v1' }))],
    ['GET /pets: integration type AWS with sqs without credentials', withIntegration(service({ credentials: undefined }))],
    [
      'GET /pets: integration type AWS with a uri that names no service of AWS',
      withIntegration(service({ uri: 'arn:aws:apigateway:compute:ec2-192-0-2-1.us-west-2:path/q' })),
    ],
    [
      'GET /pets: integration type AWS with a uri that names no service of AWS',
      withIntegration(service({ uri: 'arn:aws:apigateway:us-east-1:{x}.s3:path/q' })),
    ],
    [
      'GET /pets: integration type AWS with the action GetObject of s3-outposts, which gateways do not know how to call',
      withIntegration(service({ uri: 'arn:aws:apigateway:us-east-1:s3-outposts:action/GetObject' })),
    ],
    [
      'GET /pets: integration type AWS with the action {action} of sqs, which gateways do not know how to call',
      withIntegration(service({ uri: 'arn:aws:apigateway:us-east-1:sqs:action/{action}' })),
    ],
    [
      'GET /pets: parameters of the action GetItem of dynamodb in the uri',
      withIntegration(service({ uri: 'arn:aws:apigateway:us-east-1:dynamodb:action/GetItem&TableName=t' })),
    ],
    [
      'GET /pets: mapping to integration.request.querystring.Action, which the uri says',
      withIntegration(
        service({
          uri: 'arn:aws:apigateway:us-east-1:sqs:action/SendMessage',
          requestParameters: { 'integration.request.querystring.Action': "'DeleteQueue'" },
        }),
      ),
    ],
    [
      'GET /pets: mapping to integration.request.header.Authorization',
      withIntegration(service({ requestParameters: { 'integration.request.header.Authorization': "'1'" } })),
    ],
    ['GET /pets: a streamed answer of integration type AWS', withIntegration(service({ responseTransferMode: 'STREAM' }))],
    ['GET /pets: passthroughBehavior SOMETIMES', withIntegration(service({ passthroughBehavior: 'SOMETIMES' }))],
    [
      'GET /pets: credentials arn:aws:iam::210987654321:role/r of another account',
      withIntegration(service({ credentials: 'arn:aws:iam::210987654321:role/r' })),
    ],
    [
      'GET /pets: credentials arn:aws:iam::123456789012:user/u, which name no role',
      withIntegration(service({ credentials: 'arn:aws:iam::123456789012:user/u' })),
    ],
    ['GET /pets: credentials arn:aws:iam::*:user/*', withIntegration(service({ credentials: 'arn:aws:iam::*:user/*' }))],
    [
      'GET /pets: integration type AWS_PROXY with a uri that calls no function',
      withIntegration(lambdaProxy({ uri: 'arn:aws:lambda' })),
    ],
    [
      'GET /pets: integration type AWS_PROXY with firehose',
      withIntegration(lambdaProxy({ uri: 'arn:aws:apigateway:us-east-1:firehose:action/PutRecord' })),
    ],
    ['GET /pets: integration uri that names no function', withIntegration(lambdaProxy({ uri: invocationsOf('hello') }))],
    ['GET /pets: contentHandling CONVERT_TO_BINARY', withIntegration(lambdaProxy({ contentHandling: 'CONVERT_TO_BINARY' }))],
    [
      'GET /pets: credentials arn:aws:iam::210987654321:role/r of another account',
      withIntegration(lambdaProxy({ credentials: 'arn:aws:iam::210987654321:role/r' })),
    ],
    ['GET /pets: credentials arn:aws:iam::*:user/*', withIntegration(lambdaProxy({ credentials: 'arn:aws:iam::*:user/*' }))],
    [
      'GET /pets: timeoutInMillis 900001 (50..900000)',
      withIntegration(lambdaProxy({ timeoutInMillis: 900_001, responseTransferMode: 'STREAM' })),
    ],
    [
      'GET /pets: mapping to integration.request.header.Authorization',
      withIntegration(lambdaProxy({ requestParameters: { 'integration.request.header.Authorization': "'1'" } })),
    ],
    ['GET /pets: passthroughBehavior SOMETIMES', withIntegration(lambda({ passthroughBehavior: 'SOMETIMES' }))],
    ['GET /pets: a streamed answer of integration type AWS', withIntegration(lambda({ responseTransferMode: 'STREAM' }))],
    [
      'GET /pets, integration response 200: selectionPattern (?=x).*',
      withIntegration(lambda({ integrationResponses: [response({ selectionPattern: '(?=x).*' })] })),
    ],
    ['GET /pets: integrationTarget', withIntegration(httpProxy({ integrationTarget: 'arn:aws:elasticloadbalancing' }))],
    ['GET /pets: contentHandling CONVERT_TO_TEXT', withIntegration(httpProxy({ contentHandling: 'CONVERT_TO_TEXT' }))],
    ['GET /pets: contentHandling TO_TEXT', withIntegration(http({ contentHandling: 'TO_TEXT' }))],
    ['GET /pets: passthroughBehavior SOMETIMES', withIntegration(http({ passthroughBehavior: 'SOMETIMES' }))],
    ['GET /pets: timeoutInMillis 49 (50..900000)', withIntegration(http({ timeoutInMillis: 49 }))],
    ['GET /pets: timeoutInMillis 900001 (50..900000)', withIntegration(httpProxy({ timeoutInMillis: 900_001 }))],
    ['GET /pets: integration httpMethod CONNECT', withIntegration(httpProxy({ httpMethod: 'CONNECT' }))],
    ['GET /pets: integration uri that is not http or https', withIntegration(httpProxy({ uri: 'ftp://backend.test/' }))],
    ['GET /pets: integration uri that is not http or https', withIntegration(httpProxy({ uri: undefined }))],
    ['GET /pets: user name or password in the integration uri', withIntegration(httpProxy({ uri: 'http://u:p@backend.test/' }))],
    [
      'GET /pets, integration response 200: selectionPattern (',
      withIntegration(http({ integrationResponses: [response({ selectionPattern: '(' })] })),
    ],
    [
      'GET /pets, integration response 200: selectionPattern \\G200',
      withIntegration(http({ integrationResponses: [response({ selectionPattern: '\\G200' })] })),
    ],
    [
      'GET /pets, integration response 200: selectionPattern [2-5&&[^3]]00',
      withIntegration(http({ integrationResponses: [response({ selectionPattern: '[2-5&&[^3]]00' })] })),
    ],
    [
      'GET /pets: mapping of integration.request.header.x from method.request.body.a[',
      withRequestMapping('integration.request.header.x', 'method.request.body.a['),
    ],
    [
      'GET /pets: mapping of integration.request.header.x from an unknown source',
      withRequestMapping('integration.request.header.x', 'Bearer abc'),
    ],
    [
      'GET /pets: mapping of integration.request.header.x from integration.response.header.y',
      withRequestMapping('integration.request.header.x', 'integration.response.header.y'),
    ],
    ['GET /pets: mapping to integration.request.body.x', withRequestMapping('integration.request.body.x', "'1'")],
    [
      'GET /pets, integration response 200: mapping of method.response.header.x from integration.response.body.a[',
      withResponseMapping('method.response.header.x', 'integration.response.body.a['),
    ],
    [
      'GET /pets, integration response 200: mapping of method.response.header.x from method.request.header.y',
      withResponseMapping('method.response.header.x', 'method.request.header.y'),
    ],
    ...['Content-Length', 'transfer-encoding', 'X-Amzn-Trace-Id', 'X-Amzn-Apigateway-Api-Id', 'Connection', 'Upgrade'].map(
      (header): [string, RestApiModel] => [
        `GET /pets: mapping to integration.request.header.${header}`,
        withRequestMapping(`integration.request.header.${header}`, "'1'"),
      ],
    ),
  ])('%s', (setting, model) => {
    expect(refusals(model)).toEqual([setting]);
  });

  it.each(['Connection', 'Content-Length', 'Transfer-Encoding', 'Trailer'])(
    'not a response mapping to %s, which AWS renames or drops',
    (header) => {
      expect(refusals(withResponseMapping(`method.response.header.${header}`, "'1'"))).toEqual([]);
    },
  );

  it('every place is listed, and those routes are denied', () => {
    const model = api(
      { requestValidators: [{ id: 'none', validateRequestBody: false, validateRequestParameters: false }] },
      method({ authorizationScopes: ['pets.read'] }),
      method({ httpMethod: 'PUT', requestValidatorId: 'v' }),
      method({ httpMethod: 'POST', requestValidatorId: 'none' }),
    );
    const { body, unenforceable } = compileDeployment(model, context);
    expect(unenforceable).toEqual(['GET /pets: authorizationScopes', 'PUT /pets: requestValidatorId']);
    expect(() => refuseUnenforceable(unenforceable)).toThrow(
      'The gateways cannot enforce these settings yet: GET /pets: authorizationScopes; PUT /pets: requestValidatorId',
    );
    expect(body.routes.map(({ httpMethod, integration }) => [httpMethod, integration.type])).toEqual([
      ['GET', 'DENIED'],
      ['POST', 'HTTP_PROXY'],
      ['PUT', 'DENIED'],
    ]);
  });

  it('a setting of the API denies every route, in a document that gateways read', () => {
    const { body, hash } = compileDeployment(
      api({ securityPolicy: 'TLS_1_2' }, method(), method({ httpMethod: 'PUT' })),
      context,
    );
    expect(body.routes.map(({ integration }) => integration)).toEqual(
      Array.from({ length: 2 }, () => ({ type: 'DENIED', settings: ['API: securityPolicy TLS_1_2'] })),
    );
    const ref = { kind: 'deployment', key: hash, ...scope } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 0, body })).body).toEqual(body);
  });
});

describe('security class: CR/LF and header injection', () => {
  it.each(["'a\r\nx-admin: 1'", "'a\nb'", "'a\0b'"])('refuses the literal %j in headers, both ways', (literal) => {
    expect(refusals(withRequestMapping('integration.request.header.x', literal))).toEqual([
      'GET /pets: control characters in the literal mapped to integration.request.header.x',
    ]);
    expect(refusals(withResponseMapping('method.response.header.x', literal))).toEqual([
      'GET /pets, integration response 200: control characters in the literal mapped to method.response.header.x',
    ]);
  });

  it('refuses header names that are none', () => {
    expect(refusals(withRequestMapping('integration.request.header.x: y', "'1'"))).toEqual([
      'GET /pets: mapping to integration.request.header.x: y',
    ]);
  });
});

describe('integrations', () => {
  it('AWS_PROXY: a function; templates, responses and passthrough behaviour, which AWS never uses, are not looked at', () => {
    const unused = {
      requestTemplates: { 'application/json': '{ "statusCode": "200" }' },
      integrationResponses: [response({ selectionPattern: '(', responseTemplates: { 'application/json': '$x' } })],
      passthroughBehavior: 'SOMETIMES',
      contentHandling: 'CONVERT_TO_TEXT',
    };
    expect(compileIntegration(lambdaProxy(unused))).toEqual({
      type: 'AWS_PROXY',
      functionArn: HELLO,
      httpMethod: 'POST',
      timeoutInMillis: 29_000,
      streams: false,
    });
    expect(compileIntegration(lambdaProxy({ responseTransferMode: 'STREAM', timeoutInMillis: 900_000 }))).toMatchObject({
      streams: true,
      timeoutInMillis: 900_000,
    });
    const streaming = `arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/${HELLO}/response-streaming-invocations`;
    expect(compileIntegration(lambdaProxy({ uri: streaming }))).toMatchObject({ streams: true });
    expect(compileIntegration(lambdaProxy({ uri: invocationsOf('${stageVariables.f}'), httpMethod: 'ANY' }))).toMatchObject({
      functionArn: '${stageVariables.f}',
      httpMethod: null,
    });
  });

  it('AWS: a function whose answer is selected by its error', () => {
    const integration = compileIntegration(
      lambda({
        passthroughBehavior: 'NEVER',
        requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
        integrationResponses: [response({ selectionPattern: 'No.*' }), response({ statusCode: '201' })],
      }),
    );
    expect(integration).toMatchObject({ type: 'AWS', functionArn: HELLO, refusesPassthrough: true });
    const { responses } = integration as Extract<IntegrationSnapshot, { type: 'AWS' }>;
    const { body, hash } = compileDeployment(
      withIntegration(lambda({ integrationResponses: [response({ selectionPattern: '^(?:No|[a-f]+)$' })] })),
      context,
    );
    const ref = { kind: 'deployment', key: hash, ...scope } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 0, body })).body).toEqual(body);
    expect(responses.map(({ statusCode, pattern }) => [statusCode, pattern === null])).toEqual([
      [200, false],
      [201, true],
    ]);
  });

  it('binary media types are published for functions only, and in one form', () => {
    const types = { binaryMediaTypes: ['Image/PNG', 'application/pdf', 'image/png'] };
    const { body, hash } = compileDeployment(api(types, method({ methodIntegration: lambdaProxy() })), context);
    expect(body.binaryMediaTypes).toEqual(['application/pdf', 'image/png']);
    expect(compileDeployment(api(types), context).body).not.toHaveProperty('binaryMediaTypes');
    const ref = { kind: 'deployment', key: hash, ...scope } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 0, body })).body).toEqual(body);
  });

  it('HTTP_PROXY: ANY means the verb of the client', () => {
    expect(compileIntegration(httpProxy({ tlsConfig: { insecureSkipVerification: true }, timeoutInMillis: 50 }))).toEqual({
      type: 'HTTP_PROXY',
      httpMethod: null,
      uri: 'http://backend.test/pets',
      timeoutInMillis: 50,
      insecureSkipVerification: true,
      requestParameters: [],
    });
  });

  it('HTTP keeps its responses, a bare pattern being the default', () => {
    const integrationResponses = [
      response({ selectionPattern: '' }),
      response({ statusCode: '400', selectionPattern: '4\\d{2}' }),
    ];
    expect(compileIntegration(http({ integrationResponses }))).toMatchObject({
      httpMethod: 'GET',
      refusesPassthrough: false,
      insecureSkipVerification: false,
      responses: [
        { statusCode: 200, statuses: null, headers: [] },
        { statusCode: 400, statuses: [[400, 499]], headers: [] },
      ],
    });
  });

  it('HTTP refuses bodies when it may neither pass them nor has a template', () => {
    expect(compileIntegration(http({ passthroughBehavior: 'NEVER' }))).toMatchObject({ refusesPassthrough: true });
  });

  it('takes stage variables in the URI, at its head too', () => {
    expect(compileIntegration(httpProxy({ uri: '${stageVariables.backend}/pets' }))).toMatchObject({
      uri: '${stageVariables.backend}/pets',
    });
  });

  it.each(['100', '101', '199'])('security class: HTTP/1.1 smuggling: refuses to answer %s', (statusCode) => {
    expect(refusals(withIntegration(mock({ integrationResponses: [response({ statusCode })] })))).toEqual([
      `GET /pets, integration response ${statusCode}: statusCode ${statusCode}, which ends no exchange (RFC 9110, 15.2)`,
    ]);
  });

  it('takes response templates without text', () => {
    const integrationResponses = [response({ responseTemplates: { 'application/json': null, 'text/plain': '' } })];
    expect(refusals(withIntegration(mock({ integrationResponses })))).toEqual([]);
  });

  it.each([
    ['{"statusCode": 200}', 200],
    ['{"statusCode":404}', 404],
    ['{statusCode: 201}', 201],
    ["{'statusCode': 599,}", 599],
    ['\n { "statusCode" : 100 , }\n', 100],
  ])('MOCK reads %j', (template, status) => {
    expect(compileIntegration(mock({ requestTemplates: { 'application/json': template } }))).toMatchObject({
      statusByContentType: [['application/json', status]],
      passthroughBehavior: 'WHEN_NO_MATCH',
    });
  });

  it.each(['{"statusCode": "200"}', '{"statusCode": 600}', '{"statusCode": 200, "x": $context.x}', '#set($x = 1)'])(
    'MOCK renders %j, which travels sealed',
    (template) => {
      const compiled = compileIntegration(mock({ requestTemplates: { 'Application/JSON': template, 'text/plain': null } }));
      expect(compiled).toMatchObject({
        statusByContentType: [],
        requestTemplates: [
          ['application/json', expect.stringMatching(/^[0-9a-f]{16}\./)],
          ['text/plain', ''],
        ],
      });
    },
  );

  it.each([
    ['WHEN_NO_MATCH', false],
    ['WHEN_NO_TEMPLATES', true],
    ['NEVER', true],
  ])('with templates, %s refuses other bodies: %s', (passthroughBehavior, refusesPassthrough) => {
    for (const make of [http, lambda]) {
      const requestTemplates = { 'application/json': '$input.body' };
      expect(compileIntegration(make({ passthroughBehavior, requestTemplates }))).toMatchObject({
        refusesPassthrough,
        requestTemplates: [['application/json', expect.any(String)]],
      });
    }
  });

  it('integration responses have their templates in the order in which they were written, sealed, and their content handling', () => {
    const responseTemplates = { 'text/plain': 'b', 'application/json': 'a' };
    const integrationResponses = [response({ responseTemplates, contentHandling: 'CONVERT_TO_BINARY' })];
    for (const make of [http, lambda, mock]) {
      expect(compileIntegration(make({ integrationResponses }))).toMatchObject({
        responses: [
          {
            templates: [
              ['text/plain', expect.any(String)],
              ['application/json', expect.any(String)],
            ],
            contentHandling: 'CONVERT_TO_BINARY',
          },
        ],
      });
    }
  });
});

describe('parameter mapping', () => {
  const sourceOf = (expression: string): ParameterSource => {
    const requestParameters = { 'integration.request.querystring.q': expression };
    const integration = compileIntegration(httpProxy({ requestParameters }));
    return integration.type === 'HTTP_PROXY' ? integration.requestParameters[0]!.source : expect.fail();
  };

  it.each<[string, ParameterSource]>([
    ['method.request.header.X-Id', { from: 'method.request', in: 'header', name: 'X-Id', multiValue: false }],
    ['method.request.multivalueheader.X-Id', { from: 'method.request', in: 'header', name: 'X-Id', multiValue: true }],
    ['method.request.querystring.a.b', { from: 'method.request', in: 'querystring', name: 'a.b', multiValue: false }],
    ['method.request.multivaluequerystring.a', { from: 'method.request', in: 'querystring', name: 'a', multiValue: true }],
    ['method.request.path.petId', { from: 'method.request', in: 'path', name: 'petId', multiValue: false }],
    ['context.identity.sourceIp', { from: 'context', name: 'identity.sourceIp' }],
    ['stageVariables.constructor', { from: 'stageVariables', name: 'constructor' }],
  ])('from %s', (expression, source) => {
    expect(sourceOf(expression)).toEqual(source);
  });

  it('seals literals, which open only under the API that they were written in', () => {
    const source = sourceOf("'Bearer it''s'");
    if (source.from !== 'literal') return expect.fail();
    expect(source.value).not.toContain('Bearer');
    expect(unseal([key], literalName(scope, 'a1b2c3d4e5'), source.value)).toBe("Bearer it''s");
    expect(() => unseal([key], literalName(scope, 'another111'), source.value)).toThrow();
  });

  it.each([
    ['integration.request.header.X-A', { in: 'header', name: 'X-A' }],
    ['integration.request.path.proxy', { in: 'path', name: 'proxy' }],
    ['integration.request.querystring.__proto__', { in: 'querystring', name: '__proto__' }],
  ])('to %s', (target, expected) => {
    const integration = compileIntegration(httpProxy({ requestParameters: Object.fromEntries([[target, 'context.stage']]) }));
    expect(integration).toMatchObject({ requestParameters: [{ target: expected }] });
  });

  it.each<[string, object]>([
    ["'text/plain'", { from: 'literal' }],
    ['integration.response.header.ETag', { from: 'integration.response', in: 'header', name: 'ETag', multiValue: false }],
    [
      'integration.response.multivalueheader.Set-Cookie',
      { from: 'integration.response', in: 'header', name: 'Set-Cookie', multiValue: true },
    ],
    ['context.requestId', { from: 'context', name: 'requestId' }],
    ['stageVariables.color', { from: 'stageVariables', name: 'color' }],
  ])('of a response header from %s', (expression, source) => {
    const integrationResponses = [response({ responseParameters: { 'method.response.header.X-Out': expression } })];
    for (const integration of [mock({ integrationResponses }), http({ integrationResponses })]) {
      expect(compileIntegration(integration)).toMatchObject({
        responses: [{ headers: [{ target: { in: 'header', name: 'X-Out' }, source }] }],
      });
    }
  });

  it.each(['Expect', 'TE', 'proxy-authenticate'])('leaves out %s, which AWS drops on the way', (header) => {
    const integration = compileIntegration(httpProxy({ requestParameters: { [`integration.request.header.${header}`]: "'1'" } }));
    expect(integration).toMatchObject({ requestParameters: [] });
  });
});

function response(
  more: Partial<IntegrationModel['integrationResponses'][number]> = {},
): IntegrationModel['integrationResponses'][number] {
  return { statusCode: '200', responseParameters: {}, responseTemplates: {}, ...more };
}

function withRequestMapping(target: string, expression: string): RestApiModel {
  return withIntegration(http({ requestParameters: { [target]: expression } }));
}

function withResponseMapping(target: string, expression: string): RestApiModel {
  return withIntegration(http({ integrationResponses: [response({ responseParameters: { [target]: expression } })] }));
}
