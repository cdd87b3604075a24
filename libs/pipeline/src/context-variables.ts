import type { Exchange } from './exchange.js';
import type { GatewayError } from './gateway-response/gateway-error.js';
import { textOf, utf8Bytes, type ByteText } from './http/byte-text.js';
import { USER_AGENT } from './http/header-info.js';
import {
  authenticateError,
  authenticateStatus,
  authorizeError,
  authorizerError,
  authorizerStatus,
  authorizeStatus,
} from './logs/authorization-outcome.js';
import { redactedKey } from './logs/redacted.js';

/*
 * Every variable of `$context` that Amazon API Gateway documents for REST APIs, and its value. Who needs one asks by its name when it is compiled, and
 * gets a reader: events of functions aside, which are made of parts, nobody else knows what a variable's value is.
 */

/** Value of one `$context` variable for a request; undefined when this request has none. */
export type ContextVariable = (exchange: Exchange) => ByteText | undefined;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

let knownSecond = -1;
let knownTime = '';

/** `dd/MMM/yyyy:HH:mm:ss +0000`. */
export function requestTime(epochMillis: number): string {
  const second = Math.floor(epochMillis / 1000);
  if (second === knownSecond) return knownTime;
  const at = new Date(epochMillis);
  const date = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  knownSecond = second;
  knownTime = `${date}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
  return knownTime;
}

/**
 * Path of the request: with the stage, in whichever form the request named it; on a custom domain as it is. Source: recorded behaviour of AWS.
 */
export function contextPath({ request, stage, domainName, pathStart }: Exchange): string {
  const whole = request.target?.path ?? '/';
  return stage === null || domainName !== null ? whole : `/${stage.stageName}${whole.slice(pathStart)}`;
}

/** First label of a host. */
export function domainPrefix(host: string): string {
  const dot = host.indexOf('.');
  return dot < 0 ? host : host.slice(0, dot);
}

/** What no request has here: of services that are not there, or not yet. */
const absent: ContextVariable = () => undefined;

/** Those of mapping templates, mappings, gateway responses and access logs. */
const VARIABLES = new Map<string, ContextVariable>([
  ['accountId', ({ stage }) => stage?.scope.accountId],
  ['apiId', ({ stage }) => stage?.apiId],
  ['authorizer.principalId', ({ authorizer }) => authorizer?.principalId ?? undefined],
  ['authorizer.integrationLatency', ({ authorizer }) => whole(authorizer?.integrationLatency)],
  ['awsEndpointRequestId', endpointRequestId],
  ['deploymentId', ({ stage }) => stage?.deploymentId],
  ['domainName', ({ request }) => request.host],
  ['domainPrefix', ({ request }) => domainPrefix(request.host)],
  ['error.message', ({ error }) => bytes(error?.message)],
  ['error.messageString', ({ error }) => (error === null ? undefined : utf8Bytes(JSON.stringify(error.message)))],
  ['error.responseType', ({ error }) => error?.responseType],
  ['error.validationErrorString', ({ error }) => bytes(error?.validationErrorString)],
  ['extendedRequestId', ({ extendedRequestId }) => extendedRequestId],
  ['httpMethod', ({ httpMethod }) => httpMethod],
  ['identity.accessKey', ({ caller }) => caller?.accessKey],
  ['identity.accountId', ({ caller }) => caller?.accountId],
  ['identity.apiKey', ({ apiKey }) => apiKey ?? undefined],
  ['identity.apiKeyId', ({ consumer }) => consumer?.apiKeyId],
  ['identity.caller', ({ caller }) => caller?.caller],
  ['identity.clientCert.clientCertPem', absent],
  ['identity.clientCert.issuerDN', absent],
  ['identity.clientCert.serialNumber', absent],
  ['identity.clientCert.subjectDN', absent],
  ['identity.clientCert.validity.notAfter', absent],
  ['identity.clientCert.validity.notBefore', absent],
  ['identity.cognitoAuthenticationProvider', absent],
  ['identity.cognitoAuthenticationType', absent],
  ['identity.cognitoIdentityId', absent],
  ['identity.cognitoIdentityPoolId', absent],
  ['identity.principalOrgId', absent],
  ['identity.sourceIp', ({ request }) => request.remoteAddress],
  ['identity.user', ({ caller }) => caller?.user],
  ['identity.userAgent', ({ headers }) => headers.first(USER_AGENT)],
  ['identity.userArn', ({ caller }) => caller?.userArn],
  ['identity.vpcId', absent],
  ['identity.vpceId', absent],
  ['isCanaryRequest', ({ stage }) => (stage === null || stage.isCanary === null ? undefined : String(stage.isCanary))],
  ['operationName', ({ route }) => bytes(route?.operationName)],
  ['path', contextPath],
  ['protocol', ({ request }) => request.protocol],
  ['requestId', ({ requestId }) => requestId],
  ['requestTime', ({ arrivedAt }) => requestTime(arrivedAt)],
  ['requestTimeEpoch', ({ arrivedAt }) => String(arrivedAt)],
  ['resourceId', ({ route }) => route?.resourceId],
  ['resourcePath', ({ route }) => bytes(route?.path)],
  ['stage', ({ stage }) => stage?.stageName],
  ['wafResponseCode', absent],
  ['webaclArn', absent],
]);

/** Those whose last name is the tenant's, by what stands before it. The first that fits counts. */
const FAMILIES: readonly [prefix: string, variableOf: (name: string) => ContextVariable][] = [
  [
    'authorizer.claims.',
    (name) =>
      ({ authorizer }) =>
        authorizer?.claims?.get(name),
  ],
  [
    'authorizer.',
    (name) =>
      ({ authorizer }) =>
        authorizer?.context.get(name),
  ],
];

/** Those of access logs alone, some of them in the place of a variable of authorizers. Source: AWS, "Variables for access logging for API Gateway". */
const VARIABLES_OF_ACCESS_LOGS = new Map<string, ContextVariable>([
  ['authenticate.error', authenticateError],
  ['authenticate.latency', absent],
  ['authenticate.status', authenticateStatus],
  ['authorize.error', authorizeError],
  ['authorize.latency', absent],
  ['authorize.status', authorizeStatus],
  ['authorizer.error', authorizerError],
  ['authorizer.integrationStatus', authorizerStatus],
  ['authorizer.latency', ({ authorizer }) => whole(authorizer?.integrationLatency)],
  ['authorizer.requestId', absent],
  ['authorizer.status', authorizerStatus],
  ['cipherSuite', ({ request }) => request.tls?.cipherSuite],
  ['customDomain.basePathMatched', ({ basePath }) => (basePath === '' ? '(none)' : bytes(basePath))],
  ['endpointType', absent],
  // A key lets in whoever reads it: a log tells which one it was, and no more.
  ['identity.apiKey', ({ apiKey }) => (apiKey === null ? undefined : redactedKey(apiKey))],
  ['integration.error', integrationError],
  ['integration.integrationStatus', integrationStatus],
  ['integration.latency', integrationLatency],
  ['integration.requestId', endpointRequestId],
  ['integration.status', statusByIntegration],
  ['integrationErrorMessage', integrationError],
  ['integrationLatency', integrationLatency],
  ['integrationStatus', integrationStatus],
  ['responseLatency', ({ startedAt, endedAt }) => whole(endedAt - startedAt)],
  ['responseLength', ({ responseLength }) => String(responseLength)],
  ['status', ({ status }) => (status === 0 ? undefined : String(status))],
  ['tlsVersion', ({ request }) => request.tls?.version],
  ['waf.error', absent],
  ['waf.latency', absent],
  ['waf.status', absent],
  ['xrayTraceId', absent],
]);

/** The variable of that name behind `$context.` in mappings, templates and gateway responses; undefined for one that AWS does not have there. */
export function contextVariable(name: string): ContextVariable | undefined {
  const variable = VARIABLES.get(name);
  if (variable !== undefined) return variable;
  const family = FAMILIES.find(([prefix]) => name.startsWith(prefix) && name.length > prefix.length);
  return family?.[1](name.slice(family[0].length));
}

/** The same in the format of an access log. */
export function accessLogVariable(name: string): ContextVariable | undefined {
  return VARIABLES_OF_ACCESS_LOGS.get(name) ?? contextVariable(name);
}

/**
 * The variables of a group (`identity`, `authorizer.claims`; the empty text is `$context` itself) that a request has, by their last names, for templates that go
 * through them all.
 */
export function* contextMembers(exchange: Exchange, group: string): Iterable<readonly [name: string, value: string]> {
  const prefix = group === '' ? '' : `${group}.`;
  for (const [name, variable] of VARIABLES) {
    if (!name.startsWith(prefix) || name.includes('.', prefix.length)) continue;
    const value = variable(exchange);
    if (value !== undefined) yield [name.slice(prefix.length), textOf(value)];
  }
  const { authorizer } = exchange;
  const own = group === 'authorizer' ? authorizer?.context : group === 'authorizer.claims' ? authorizer?.claims : null;
  for (const [name, value] of own ?? []) yield [name, textOf(value)];
}

function bytes(text: string | null | undefined): ByteText | undefined {
  return text === null || text === undefined ? undefined : utf8Bytes(text);
}

function whole(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(Math.round(value));
}

function integrationLatency({ integrationStartedAt: from, integrationEndedAt: to }: Exchange): string | undefined {
  return from === null || to === null ? undefined : whole(to - from);
}

/** Of a function, the status that Lambda answered with, not the function. */
function integrationStatus({ integrationStatus: status }: Exchange): string | undefined {
  return status === null ? undefined : String(status);
}

/** Of a proxied function, the status that it answered with. */
function statusByIntegration(exchange: Exchange): string | undefined {
  const { route, integrationStatus: status, error } = exchange;
  return route?.integrationType === 'AWS_PROXY' && status !== null && error === null
    ? String(exchange.status)
    : integrationStatus(exchange);
}

/** As services of AWS name the requests that they get: Lambda by the first header, others by the second. */
function endpointRequestId({ endpointHeaders }: Exchange): ByteText | undefined {
  const place = endpointHeaders?.findIndex((name, i) => i % 2 === 0 && /^x-(?:amzn-requestid|amz-request-id)$/i.test(name)) ?? -1;
  return place < 0 ? undefined : endpointHeaders?.[place + 1];
}

/** What went wrong between gateway and backend, as the gateway's own log says it. */
function integrationError({ error, integrationStartedAt }: Exchange): string | undefined {
  return error !== null && (integrationStartedAt !== null || concernsIntegration(error)) ? bytes(error.reason) : undefined;
}

function concernsIntegration({ responseType }: GatewayError): boolean {
  return (
    responseType === 'INTEGRATION_FAILURE' || responseType === 'INTEGRATION_TIMEOUT' || responseType === 'API_CONFIGURATION_ERROR'
  );
}
