import { gatewayFrom, restApiModel, type TestCall } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { accessLogVariable, contextMembers, contextVariable } from './context-variables.js';
import type { Exchange } from './exchange.js';
import { gatewayError } from './gateway-response/gateway-error.js';
import { callingFunctions, fakeLambda } from './integration/lambda.fixture.js';

const gateway = gatewayFrom(
  restApiModel({ 'GET /pets/{id}': { operationName: 'look' }, 'GET /keyed': { apiKeyRequired: true } }),
  {
    usagePlans: [{ usagePlanId: 'plan01', apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }] }],
    apiKeys: [{ apiKeyId: 'key0000001', value: 'a-key-of-twenty-or-more', usagePlanIds: ['plan01'] }],
  },
);

const exchangeOf = async (call: TestCall = { path: '/pets/7' }): Promise<Exchange> => (await gateway.call(call)).exchange;
const shown = (exchange: Exchange, ...names: string[]) => names.map((name) => contextVariable(name)?.(exchange));
const logged = (exchange: Exchange, ...names: string[]) => names.map((name) => accessLogVariable(name)?.(exchange));

/** Amazon API Gateway's guide, "Variables for data models, authorizers, mapping templates, and CloudWatch access logging". */
const OF_TEMPLATES =
  'accountId apiId awsEndpointRequestId deploymentId domainName domainPrefix error.message error.messageString error.responseType ' +
  'error.validationErrorString extendedRequestId httpMethod isCanaryRequest path protocol requestId requestTime requestTimeEpoch resourceId ' +
  'resourcePath stage wafResponseCode webaclArn authorizer.principalId authorizer.property authorizer.claims.property identity.accountId ' +
  'identity.apiKey identity.apiKeyId identity.caller identity.cognitoAuthenticationProvider identity.cognitoAuthenticationType ' +
  'identity.cognitoIdentityId identity.cognitoIdentityPoolId identity.principalOrgId identity.sourceIp identity.user identity.userAgent ' +
  'identity.userArn identity.vpcId identity.vpceId identity.clientCert.clientCertPem identity.clientCert.subjectDN ' +
  'identity.clientCert.issuerDN identity.clientCert.serialNumber identity.clientCert.validity.notBefore identity.clientCert.validity.notAfter';
const OF_ACCESS_LOGS =
  'authorize.error authorize.latency authorize.status authorizer.error authorizer.integrationLatency authorizer.integrationStatus ' +
  'authorizer.latency authorizer.requestId authorizer.status authenticate.error authenticate.latency authenticate.status ' +
  'customDomain.basePathMatched endpointType integration.error integration.integrationStatus integration.latency integration.requestId ' +
  'integration.status integrationErrorMessage integrationLatency integrationStatus responseLatency responseLength status waf.error ' +
  'waf.latency waf.status xrayTraceId tlsVersion cipherSuite';

describe('the variables of $context', () => {
  it('are all that AWS documents', () => {
    for (const name of OF_TEMPLATES.split(' ')) expect([name, contextVariable(name)]).toEqual([name, expect.any(Function)]);
    for (const name of `${OF_TEMPLATES} ${OF_ACCESS_LOGS}`.split(' '))
      expect([name, accessLogVariable(name)]).toEqual([name, expect.any(Function)]);
  });

  it('are those of access logs in access logs only', () => {
    expect(['status', 'responseLength', 'integration.latency', 'tlsVersion'].map(contextVariable)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("security class: tenants' names as object keys: nothing is inherited", () => {
    for (const name of ['constructor', '__proto__', 'toString', 'identity.constructor', 'identity', 'authorizer.', '']) {
      expect([name, accessLogVariable(name)]).toEqual([name, undefined]);
    }
  });

  it('tell of the request', async () => {
    const exchange = await exchangeOf({ path: '/pets/7/?q=1', headers: ['User-Agent', 'curl'], host: 'a.example.com' });
    const request = shown(exchange, 'accountId', 'apiId', 'stage', 'deploymentId', 'httpMethod', 'protocol', 'operationName');
    expect(request).toEqual(['123456789012', 'abcdefghij', 'prod', 'dep001', 'GET', 'HTTP/1.1', 'look']);
    expect(shown(exchange, 'path', 'resourcePath', 'resourceId')).toEqual(['/prod/pets/7/', '/pets/{id}', 'res000']);
    expect(shown(exchange, 'domainName', 'domainPrefix')).toEqual(['a.example.com', 'a']);
    expect(shown(exchange, 'identity.sourceIp', 'identity.userAgent')).toEqual(['192.0.2.7', 'curl']);
    expect(shown(exchange, 'requestId', 'extendedRequestId')).toEqual([exchange.requestId, exchange.extendedRequestId]);
    expect(shown(exchange, 'requestTimeEpoch')).toEqual([String(exchange.arrivedAt)]);
    expect(shown(exchange, 'error.message', 'identity.apiKey', 'authorizer.x', 'identity.caller')).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('tell the time as AWS does', async () => {
    const exchange = await exchangeOf();
    const at = Object.create(exchange, { arrivedAt: { value: Date.UTC(2026, 0, 2, 3, 4, 5, 678) } }) as Exchange;
    expect(shown(at, 'requestTime', 'requestTimeEpoch')).toEqual(['02/Jan/2026:03:04:05 +0000', '1767323045678']);
  });

  it('tell of an error', async () => {
    const exchange = await exchangeOf({ path: '/nix' });
    expect(shown(exchange, 'error.message', 'error.messageString', 'error.responseType', 'resourcePath')).toEqual([
      'Missing Authentication Token',
      '"Missing Authentication Token"',
      'MISSING_AUTHENTICATION_TOKEN',
      undefined,
    ]);
    exchange.error = { ...gatewayError('BAD_REQUEST_BODY', ''), message: 'a "q" é', validationErrorString: '[é]' };
    expect(shown(exchange, 'error.message', 'error.messageString', 'error.validationErrorString')).toEqual([
      'a "q" \u00c3\u00a9',
      '"a \\"q\\" \u00c3\u00a9"',
      '[\u00c3\u00a9]',
    ]);
    exchange.error = gatewayError('AUTHORIZER_FAILURE', '');
    expect(shown(exchange, 'error.message', 'error.messageString')).toEqual([undefined, 'null']);
  });

  it('tell who called', async () => {
    const exchange = await exchangeOf();
    exchange.caller = { accountId: '1', accessKey: 'AK', user: 'AIDA', userArn: 'arn:aws:iam::1:user/x', caller: 'AIDA' };
    const names = ['accountId', 'accessKey', 'user', 'userArn', 'caller'].map((name) => `identity.${name}`);
    expect(shown(exchange, ...names)).toEqual(['1', 'AK', 'AIDA', 'arn:aws:iam::1:user/x', 'AIDA']);
    exchange.authorizer = {
      principalId: 'me',
      context: new Map([['latency', 'own']]),
      claims: new Map([['cognito:username', 'u']]),
      usageIdentifierKey: null,
      integrationLatency: 4.6,
    };
    const said = ['authorizer.principalId', 'authorizer.claims.cognito:username', 'authorizer.claims.nix', 'authorizer.latency'];
    expect(shown(exchange, ...said)).toEqual(['me', 'u', undefined, 'own']);
    expect(logged(exchange, 'authorizer.latency', 'authorizer.integrationLatency')).toEqual(['5', '5']);
  });

  it('tell access logs how it ended', async () => {
    const exchange = await exchangeOf();
    exchange.responseLength = 17;
    expect(logged(exchange, 'status', 'responseLength', 'integrationStatus', 'integrationLatency', 'integration.error')).toEqual([
      '200',
      '17',
      '200',
      undefined,
      undefined,
    ]);
    expect(logged(exchange, 'responseLatency')[0]).toMatch(/^\d+$/);
    const timed = Object.create(exchange, {
      integrationStartedAt: { value: 10.2 },
      integrationEndedAt: { value: 12.9 },
      error: { value: gatewayError('INTEGRATION_TIMEOUT', 'endpoint timed out') },
    }) as Exchange;
    expect(logged(timed, 'integration.latency', 'integrationLatency', 'integration.error', 'integrationErrorMessage')).toEqual([
      '3',
      '3',
      'endpoint timed out',
      'endpoint timed out',
    ]);
  });

  it('tell access logs what Lambda said, and what its function did', async () => {
    const lambda = await fakeLambda();
    lambda.answer = (response) => response.setHeader('x-amzn-RequestId', 'of-lambda').end('{"statusCode":201}');
    const proxying = callingFunctions(lambda, { type: 'AWS_PROXY' });
    const { exchange } = await proxying.call({ path: '/pets/7' });
    await Promise.all([proxying.close(), lambda.close()]);
    const names = ['status', 'integration.status', 'integrationStatus', 'integration.requestId', 'awsEndpointRequestId'];
    expect(logged(exchange, ...names)).toEqual(['201', '201', '200', 'of-lambda', 'of-lambda']);
    expect(logged(await exchangeOf(), 'integration.requestId')).toEqual([undefined]);
  });

  it('security class: secrets in logs: an access log has no more of a key than tells which it is', async () => {
    const exchange = await exchangeOf({ path: '/keyed', headers: ['x-api-key', 'a-key-of-twenty-or-more'] });
    expect(shown(exchange, 'identity.apiKey', 'identity.apiKeyId')).toEqual(['a-key-of-twenty-or-more', 'key0000001']);
    expect(logged(exchange, 'identity.apiKey', 'identity.apiKeyId')).toEqual(['******r-more', 'key0000001']);
  });

  it('are gone through by templates, group by group', async () => {
    const exchange = await exchangeOf({ path: '/pets/7', headers: ['User-Agent', 'caf\u00c3\u00a9'] });
    const members = (group: string) => Object.fromEntries(contextMembers(exchange, group));
    expect(members('identity')).toEqual({ sourceIp: '192.0.2.7', userAgent: 'café' });
    expect(members('')).toMatchObject({ stage: 'prod', resourcePath: '/pets/{id}', requestId: exchange.requestId });
    expect(members('')).not.toHaveProperty('identity.sourceIp');
    expect([members('authorizer'), members('error'), members('constructor')]).toEqual([{}, {}, {}]);
    exchange.authorizer = {
      principalId: 'me',
      context: new Map([['a', 'caf\u00c3\u00a9']]),
      claims: new Map([['sub', '1']]),
      usageIdentifierKey: null,
      integrationLatency: 4,
    };
    expect(members('authorizer')).toEqual({ principalId: 'me', integrationLatency: '4', a: 'café' });
    expect(members('authorizer.claims')).toEqual({ sub: '1' });
  });
});
