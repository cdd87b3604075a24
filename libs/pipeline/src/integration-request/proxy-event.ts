import { contextPath, domainPrefix, requestTime } from '../context-variables.js';
import type { Exchange } from '../exchange.js';
import type { BinaryMediaTypes } from '../http/binary-media-types.js';
import { textOf, type ByteText } from '../http/byte-text.js';
import { API_KEY, AUTHORIZATION, CONTENT_TYPE, USER_AGENT, type HeaderInfo } from '../http/header-info.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import type { ServedStage } from '../stage/served-stage.js';
import { traceTowardBackend } from '../trace.js';

const SIGNATURE_V4 = 'AWS4-';
/** What JSON escapes, or is no ASCII. */
const ODD = /[^ !#-[\]-~]/;

/**
 * Events of version 1.0, as Lambda functions behind AWS_PROXY get them: JSON, made of parts, of which those that are the same for all requests to a method are
 * made once. Source: recorded events of AWS.
 */
export class ProxyEvent {
  private readonly start: string;
  private readonly parameterKeys: readonly string[];
  /** From the stage's variables to the verb in `requestContext`. */
  private readonly contextStart: string;
  /** The parts of `requestContext` between what is of the request: account, stage, deployment. */
  private readonly account: string;
  private readonly stage: string;
  private readonly end: string;
  private readonly binaryMediaTypes: BinaryMediaTypes;

  constructor(context: IntegrationContext, { scope, apiId, stageName, deploymentId, variables }: ServedStage) {
    const { resourceId, resourcePath, operationName, parameterNames, binaryMediaTypes } = context;
    this.start = `{"resource":${JSON.stringify(resourcePath)},"path":`;
    this.parameterKeys = parameterNames.map((name) => `${JSON.stringify(name)}:`);
    const stageVariables = [...variables].map(([name, value]) => `${JSON.stringify(name)}:${quoted(value)}`);
    this.contextStart =
      `,"stageVariables":${stageVariables.length === 0 ? 'null' : `{${stageVariables.join(',')}}`}` +
      `,"requestContext":{"resourceId":${JSON.stringify(resourceId)},"resourcePath":${JSON.stringify(resourcePath)}` +
      `${operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`},"httpMethod":`;
    this.account = `,"accountId":${JSON.stringify(scope.accountId)},"protocol":"`;
    this.stage = `","stage":${JSON.stringify(stageName)},"domainPrefix":`;
    this.end = `,"deploymentId":${JSON.stringify(deploymentId)},"apiId":${JSON.stringify(apiId)}}`;
    this.binaryMediaTypes = binaryMediaTypes;
  }

  /** The event of one request; `body` is null where there is none. */
  of(exchange: Exchange, body: Buffer | null): Buffer {
    const { request, httpMethod, requestId, extendedRequestId, arrivedAt } = exchange;
    const { host, protocol } = request;
    const verb = quoted(httpMethod);
    return Buffer.from(
      this.start +
        quoted(resourcePathOf(exchange)) +
        ',"httpMethod":' +
        verb +
        headerMembers(exchange) +
        queryMembers(exchange) +
        this.pathParameters(exchange) +
        this.contextStart +
        verb +
        ',"extendedRequestId":"' +
        extendedRequestId +
        '","requestTime":"' +
        timeOf(arrivedAt) +
        '","path":' +
        quoted(contextPath(exchange)) +
        this.account +
        protocol +
        this.stage +
        quoted(domainPrefix(host)) +
        ',"requestTimeEpoch":' +
        String(arrivedAt) +
        ',"requestId":"' +
        requestId +
        '","identity":' +
        identity(exchange) +
        ',"domainName":' +
        quoted(host) +
        this.end +
        this.bodyMembers(exchange, body),
    );
  }

  private pathParameters({ pathValues }: Exchange): string {
    const { parameterKeys } = this;
    if (parameterKeys.length === 0) return ',"pathParameters":null';
    let members = '';
    for (let i = 0; i < parameterKeys.length; i++) {
      members += (i === 0 ? '' : ',') + (parameterKeys[i] as string) + quoted(pathValues[i] ?? '');
    }
    return ',"pathParameters":{' + members + '}';
  }

  private bodyMembers({ headers }: Exchange, body: Buffer | null): string {
    if (body === null) return ',"body":null,"isBase64Encoded":false}';
    if (this.binaryMediaTypes.has(headers.first(CONTENT_TYPE))) {
      return ',"body":"' + body.toString('base64') + '","isBase64Encoded":true}';
    }
    return ',"body":' + JSON.stringify(body.toString('utf8')) + ',"isBase64Encoded":false}';
  }
}

/**
 * The path of the resource; on a custom domain with the base path. Slashes that stand together at its beginning are one. Source: recorded behaviour of
 * AWS.
 */
function resourcePathOf({ request, domainName, pathStart }: Exchange): string {
  const whole = request.target?.path ?? '/';
  if (domainName !== null) return whole;
  let start = pathStart;
  while (whole[start] === '/') start++;
  return `/${whole.slice(start)}`;
}

/** Values by name in the two forms that an event has: the last of each name, and all of them. */
class ValuesByName {
  private readonly places = new Map<string, number>();
  /** `"name":`, as JSON. */
  private readonly keys: string[] = [];
  private readonly last: string[] = [];
  private readonly all: string[] = [];

  /** @param name what repeats are known by; `key` and `value` are JSON */
  add(name: string, key: string, value: string): void {
    const place = this.places.get(name);
    if (place === undefined) {
      this.places.set(name, this.keys.length);
      this.keys.push(key);
      this.last.push(value);
      this.all.push(value);
    } else {
      this.last[place] = value;
      this.all[place] += ',' + value;
    }
  }

  /** The members of the object with the last values. */
  single(): string {
    let members = '';
    for (let i = 0; i < this.keys.length; i++)
      members += (i === 0 ? '' : ',') + (this.keys[i] as string) + (this.last[i] as string);
    return members;
  }

  /** The members of the object with all. */
  multi(): string {
    let members = '';
    for (let i = 0; i < this.keys.length; i++) {
      members += (i === 0 ? '' : ',') + (this.keys[i] as string) + '[' + (this.all[i] as string) + ']';
    }
    return members;
  }
}

/**
 * What the client sent, without what speaks of its connection, and what the gateway says itself: these are the last. Repeats are found in any case, and have the
 * case of the first.
 */
function headerMembers(exchange: Exchange): string {
  const { request, headers } = exchange;
  const { raw, infos } = headers;
  const { connectionOptions } = request;
  const values = new ValuesByName();
  let host = request.host;
  for (let i = 0; i < infos.length; i++) {
    const info = infos[i] as HeaderInfo;
    const value = raw[2 * i + 1] as string;
    if (info.lower === 'host') host = value;
    if (!info.inEvent || (connectionOptions.length > 0 && connectionOptions.includes(info.lower))) continue;
    // A signature for the gateway says nothing to the function, which could only replay it.
    if (info.known === AUTHORIZATION && value.startsWith(SIGNATURE_V4)) continue;
    // A name is a token, in which there is nothing to escape.
    values.add(info.lower, '"' + info.name + '":', quoted(value));
  }
  values.add('host', '"Host":', quoted(host));
  values.add('x-amzn-trace-id', '"X-Amzn-Trace-Id":', '"' + traceTowardBackend(exchange.trace) + '"');
  values.add('x-forwarded-for', '"X-Forwarded-For":', '"' + request.remoteAddress + '"');
  values.add('x-forwarded-port', '"X-Forwarded-Port":', '"' + String(request.localPort) + '"');
  values.add('x-forwarded-proto', '"X-Forwarded-Proto":', request.secure ? '"https"' : '"http"');
  return ',"headers":{' + values.single() + '},"multiValueHeaders":{' + values.multi() + '}';
}

function queryMembers({ query }: Exchange): string {
  if (query.length === 0) return ',"queryStringParameters":null,"multiValueQueryStringParameters":null';
  const values = new ValuesByName();
  for (const [name, value] of query) values.add(name, quoted(name) + ':', quoted(value));
  return ',"queryStringParameters":{' + values.single() + '},"multiValueQueryStringParameters":{' + values.multi() + '}';
}

function identity({ request, headers, consumer }: Exchange): string {
  const userAgent = headers.first(USER_AGENT);
  const apiKey = headers.first(API_KEY);
  return (
    '{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null' +
    (consumer === null || apiKey === undefined
      ? ''
      : ',"apiKey":' + quoted(apiKey) + ',"apiKeyId":' + JSON.stringify(consumer.apiKeyId)) +
    ',"sourceIp":"' +
    request.remoteAddress +
    '","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,"cognitoAuthenticationProvider":null,"userArn":null,"userAgent":' +
    (userAgent === undefined ? 'null' : quoted(userAgent)) +
    ',"user":null}'
  );
}

/** A text of JSON. */
function quoted(bytes: ByteText): string {
  return ODD.test(bytes) ? JSON.stringify(textOf(bytes)) : '"' + bytes + '"';
}

let knownSecond = -1;
let knownTime = '';

function timeOf(epochMillis: number): string {
  const second = Math.floor(epochMillis / 1000);
  if (second !== knownSecond) {
    knownSecond = second;
    knownTime = requestTime(epochMillis);
  }
  return knownTime;
}
