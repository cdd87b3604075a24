import { GATEWAY_RESPONSE_TYPES, HTTP_METHODS } from '@gatehouse/api-model';
import type { DocumentBodies, DocumentKind } from './documents.js';
import { RefusedDocument } from './envelope.js';
import { boolean, list, nullable, number, object, oneOf, string, tuple, union, type Shape } from './shape.js';

const throttle = object({ rateLimit: number, burstLimit: number });
const verb = oneOf(...HTTP_METHODS);
const tag = (value: string) => ({ type: oneOf(value) });

const parameterMapping = object({
  target: object({ in: oneOf('header', 'path', 'querystring'), name: string }),
  source: union('from', {
    literal: object({ from: string, value: string }),
    'method.request': object({ from: string, in: oneOf('header', 'path', 'querystring'), name: string, multiValue: boolean }),
    'method.request.body': object({ from: string, path: nullable(string) }),
    'integration.response.body': object({ from: string, path: nullable(string) }),
    'integration.response': object({ from: string, in: oneOf('header'), name: string, multiValue: boolean }),
    context: object({ from: string, name: string }),
    stageVariables: object({ from: string, name: string }),
  }),
});

const contentHandling = oneOf('CONVERT_TO_BINARY', 'CONVERT_TO_TEXT');
const templates = list(tuple(string, string));
const requestBody = { requestTemplates: templates, contentHandling };
const responseBody = { templates, contentHandling };

const integrationResponse = object(
  { statusCode: number, statuses: nullable(list(tuple(number, number))), headers: list(parameterMapping) },
  responseBody,
);

const pattern = object({
  sets: list(list(tuple(number, number))),
  code: list(tuple(oneOf('take', 'fork', 'begin', 'line-end', 'end', 'match'), number, number)),
});

const errorResponse = object({ statusCode: number, pattern: nullable(pattern), headers: list(parameterMapping) }, responseBody);

const lambdaAuthorizer = { authorizerId: string, functionArn: string, ttlInSeconds: number };

const authorizer = union('type', {
  TOKEN: object({ ...tag('TOKEN'), ...lambdaAuthorizer, header: string }, { validation: pattern }),
  REQUEST: object({
    ...tag('REQUEST'),
    ...lambdaAuthorizer,
    sources: list(object({ in: oneOf('header', 'querystring', 'stageVariables', 'context'), name: string })),
  }),
  COGNITO_USER_POOLS: object(
    { ...tag('COGNITO_USER_POOLS'), authorizerId: string, poolArns: list(string), header: string },
    { validation: pattern },
  ),
});

const authorization = union('type', {
  AWS_IAM: object(tag('AWS_IAM')),
  CUSTOM: object({ ...tag('CUSTOM'), authorizerId: string }),
  COGNITO_USER_POOLS: object({ ...tag('COGNITO_USER_POOLS'), authorizerId: string, scopes: list(string) }),
});

const endpoint = {
  httpMethod: nullable(string),
  uri: string,
  timeoutInMillis: number,
  insecureSkipVerification: boolean,
  requestParameters: list(parameterMapping),
};

const vpcLink = { vpcLink: string };
const lambda = { functionArn: string, httpMethod: nullable(string), timeoutInMillis: number };
const credentials = { credentials: string };

const gatewayResponse = object({
  responseType: oneOf(...GATEWAY_RESPONSE_TYPES),
  statusCode: nullable(number),
  headers: list(parameterMapping),
  templates: list(tuple(string, string)),
});

const integration = union('type', {
  HTTP_PROXY: object({ ...tag('HTTP_PROXY'), ...endpoint }, vpcLink),
  HTTP: object(
    { ...tag('HTTP'), ...endpoint, refusesPassthrough: boolean, responses: list(integrationResponse) },
    { ...requestBody, ...vpcLink },
  ),
  MOCK: object(
    {
      ...tag('MOCK'),
      statusByContentType: list(tuple(string, number)),
      passthroughBehavior: oneOf('WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'),
      responses: list(integrationResponse),
    },
    { requestTemplates: templates },
  ),
  AWS_PROXY: object({ ...tag('AWS_PROXY'), ...lambda, streams: boolean }, credentials),
  AWS: object(
    {
      ...tag('AWS'),
      ...lambda,
      requestParameters: list(parameterMapping),
      refusesPassthrough: boolean,
      responses: list(errorResponse),
    },
    { ...requestBody, ...credentials },
  ),
  AWS_SERVICE: object(
    {
      ...tag('AWS_SERVICE'),
      service: string,
      host: string,
      region: string,
      signingName: string,
      path: string,
      httpMethod: nullable(string),
      ...credentials,
      timeoutInMillis: number,
      requestParameters: list(parameterMapping),
      refusesPassthrough: boolean,
      responses: list(integrationResponse),
    },
    { ...requestBody, json: object({ target: string, version: oneOf('1.0', '1.1') }) },
  ),
  DENIED: object({ ...tag('DENIED'), settings: list(string) }),
});

const validation = object(
  {},
  {
    parameters: list(object({ in: oneOf('header', 'querystring'), name: string })),
    body: object({ models: list(tuple(string, string)), otherwise: nullable(string) }),
  },
);

const bodies = {
  deployment: object(
    {
      protocol: oneOf('REST'),
      apiId: string,
      apiKeySource: oneOf('HEADER', 'AUTHORIZER'),
      disableExecuteApiEndpoint: boolean,
      routes: list(
        object(
          { resourceId: string, path: string, httpMethod: verb, apiKeyRequired: boolean, integration },
          {
            operationName: string,
            authorization,
            validation,
            cacheKey: object({
              namespace: string,
              parameters: list(object({ in: oneOf('header', 'path', 'querystring'), name: string })),
            }),
          },
        ),
      ),
    },
    {
      binaryMediaTypes: list(string),
      minimumCompressionSize: number,
      models: list(object({ name: string, schema: string })),
      policy: string,
      gatewayResponses: list(gatewayResponse),
      authorizers: list(authorizer),
    },
  ),
  stage: object(
    {
      apiId: string,
      stageName: string,
      deploymentId: string,
      deploymentHash: string,
      variables: list(tuple(string, string)),
      methodSettings: list(
        object(
          { path: string, httpMethod: oneOf(...HTTP_METHODS, '*'), metricsEnabled: boolean, throttle: nullable(throttle) },
          {
            denied: list(string),
            executionLog: object({ level: oneOf('ERROR', 'INFO'), dataTrace: boolean }),
            caching: object({
              ttlInSeconds: number,
              authorizesInvalidation: boolean,
              unauthorizedInvalidation: oneOf('FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER'),
            }),
          },
        ),
      ),
    },
    {
      decisionsEpoch: string,
      accessLog: object({ logGroup: string, format: string }),
      denied: list(string),
      cacheEpoch: string,
      clientCertificate: object({ clientCertificateId: string, certificate: string, privateKey: string }),
      vpcLinks: list(tuple(string, string)),
      canary: object({
        percentTraffic: number,
        deploymentId: string,
        deploymentHash: string,
        variables: list(tuple(string, string)),
        useStageCache: boolean,
      }),
    },
  ),
  'usage-plan': object({
    usagePlanId: string,
    throttle: nullable(throttle),
    quota: nullable(object({ limit: number, offset: number, period: oneOf('DAY', 'WEEK', 'MONTH') })),
    quotaStart: string,
    apiStages: list(
      object({ apiId: string, stage: string, throttle: list(object({ path: string, httpMethod: verb, limit: throttle })) }),
    ),
  }),
  'api-key': object({ apiKeyId: string, valueHash: string, enabled: boolean, usagePlanIds: list(string) }),
  certificate: object({
    certificateArn: string,
    domainNames: list(string),
    chain: string,
    privateKey: string,
    notAfter: string,
  }),
  domain: object({
    domainName: string,
    certificateArn: nullable(string),
    basePaths: list(object({ basePath: string, protocol: oneOf('REST'), apiId: string, stage: nullable(string) })),
    denied: list(string),
  }),
  account: object({ throttle: nullable(throttle) }),
  principal: object({
    userId: string,
    userName: string,
    accessKeys: list(object({ accessKeyId: string, secretAccessKey: string })),
    policies: list(string),
  }),
  function: object({
    functionName: string,
    versions: list(
      object({
        version: string,
        revisionId: string,
        runtime: string,
        handler: string,
        timeout: number,
        memorySize: number,
        environment: nullable(string),
        codeSha256: string,
        codeSize: number,
      }),
    ),
    aliases: list(object({ name: string, version: string, routing: list(tuple(string, number)) })),
    reservedConcurrency: nullable(number),
    policy: list(
      object({
        qualifier: nullable(string),
        action: string,
        principal: string,
        sourceArn: nullable(string),
        sourceAccount: nullable(string),
      }),
    ),
  }),
} satisfies Record<DocumentKind, Shape>;

/** Takes a parsed body for what its kind says it is. Throws `RefusedDocument` naming the member that is missing, unknown or wrong. */
export function readBody<K extends DocumentKind>(kind: K, body: unknown, name: string): DocumentBodies[K] {
  const wrong = bodies[kind](body, 'body');
  if (wrong) throw new RefusedDocument(name, wrong);
  return body as DocumentBodies[K];
}
