import { contextPath, domainPrefix, requestTime } from '../context-variables.js';
import type { Exchange } from '../exchange.js';
import { textOf, type ByteText } from '../http/byte-text.js';
import { AUTHORIZATION, USER_AGENT, type HeaderInfo } from '../http/header-info.js';
import type { Caller } from '../method-request/authorization/caller.js';
import type { AuthorizerOutput } from '../method-request/authorization/authorizer-output.js';
import type { ServedStage } from '../stage/served-stage.js';
import { traceTowardBackend } from '../trace.js';

const SIGNATURE_V4 = 'AWS4-';
/** What JSON escapes, or is no ASCII. */
const ODD = /[^ !#-[\]-~]/;

/** What events say of the method that is asked for. */
export interface MethodOfEvent {
  readonly resourceId: string;
  readonly resourcePath: string;
  readonly operationName: string | undefined;
  /** Names of the resource path's parameters in their order. */
  readonly parameterNames: readonly string[];
}

/** In what events differ. */
export interface EventForm {
  /** What stands for parameters and variables where there are none. */
  readonly none: 'null' | '{}';
  /** The value of the API key that is told. */
  apiKey(exchange: Exchange): ByteText | null;
}

/**
 * What events of version 1.0 tell of a request, but for its body: JSON, made of parts, of which those that are the same for all requests to a method are made
 * once. Source: recorded events of AWS.
 */
export class RequestMembers {
  private readonly start: string;
  private readonly parameterKeys: readonly string[];
  /** From the stage's variables to what the authorizer said. */
  private readonly contextStart: string;
  /** From there to the verb in `requestContext`. */
  private readonly contextMiddle: string;
  /** The parts of `requestContext` between what is of the request: account, stage, deployment. */
  private readonly account: string;
  private readonly stage: string;
  private readonly end: string;

  constructor(
    { resourceId, resourcePath, operationName, parameterNames }: MethodOfEvent,
    { scope, apiId, stageName, deploymentId, variables }: ServedStage,
    private readonly form: EventForm,
  ) {
    const { none } = form;
    this.start = `"resource":${JSON.stringify(resourcePath)},"path":`;
    this.parameterKeys = parameterNames.map((name) => `${JSON.stringify(name)}:`);
    const stageVariables = [...variables].map(([name, value]) => `${JSON.stringify(name)}:${quoted(value)}`);
    this.contextStart =
      `,"stageVariables":${stageVariables.length === 0 ? none : `{${stageVariables.join(',')}}`}` +
      `,"requestContext":{"resourceId":${JSON.stringify(resourceId)}`;
    this.contextMiddle =
      `,"resourcePath":${JSON.stringify(resourcePath)}` +
      `${operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`},"httpMethod":`;
    this.account = `,"accountId":${JSON.stringify(scope.accountId)},"protocol":"`;
    this.stage = `","stage":${JSON.stringify(stageName)},"domainPrefix":`;
    this.end = `,"deploymentId":${JSON.stringify(deploymentId)},"apiId":${JSON.stringify(apiId)}}`;
  }

  /** Those of one request, without the braces around them. */
  of(exchange: Exchange): string {
    const { request, httpMethod, requestId, extendedRequestId, arrivedAt } = exchange;
    const { host, protocol } = request;
    const verb = quoted(httpMethod);
    return (
      this.start +
      quoted(resourcePathOf(exchange)) +
      ',"httpMethod":' +
      verb +
      headerMembers(exchange) +
      queryMembers(exchange, this.form.none) +
      this.pathParameters(exchange) +
      this.contextStart +
      authorizerMember(exchange.authorizer) +
      this.contextMiddle +
      verb +
      ',"extendedRequestId":"' +
      extendedRequestId +
      '","requestTime":"' +
      requestTime(arrivedAt) +
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
      identity(exchange, this.form.apiKey(exchange)) +
      ',"domainName":' +
      quoted(host) +
      this.end
    );
  }

  private pathParameters({ pathValues }: Exchange): string {
    const { parameterKeys } = this;
    if (parameterKeys.length === 0) return ',"pathParameters":' + this.form.none;
    let members = '';
    for (let i = 0; i < parameterKeys.length; i++) {
      members += (i === 0 ? '' : ',') + (parameterKeys[i] as string) + quoted(pathValues[i] ?? '');
    }
    return ',"pathParameters":{' + members + '}';
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

function queryMembers({ query }: Exchange, none: string): string {
  if (query.length === 0) return ',"queryStringParameters":' + none + ',"multiValueQueryStringParameters":' + none;
  const values = new ValuesByName();
  for (const [name, value] of query) values.add(name, quoted(name) + ':', quoted(value));
  return ',"queryStringParameters":{' + values.single() + '},"multiValueQueryStringParameters":{' + values.multi() + '}';
}

/** Of a Lambda authorizer all that it gave along beside whom it took the request for, as text; of user pools the claims. Source: recorded events of AWS. */
function authorizerMember(authorizer: AuthorizerOutput | null): string {
  if (authorizer === null) return '';
  const { principalId, context, claims, integrationLatency } = authorizer;
  if (claims !== null) return ',"authorizer":{"claims":{' + textMembers(claims).join() + '}}';
  const members = textMembers(context);
  if (principalId !== null) members.push('"principalId":' + quoted(principalId));
  members.push('"integrationLatency":' + String(Math.round(integrationLatency)));
  return ',"authorizer":{' + members.join() + '}';
}

function textMembers(values: ReadonlyMap<string, ByteText>): string[] {
  return [...values].map(([name, value]) => JSON.stringify(name) + ':' + quoted(value));
}

/** A caller's members, as JSON has them. */
type CallerMembers = Record<'accountId' | 'caller' | 'accessKey' | 'userArn' | 'user', string>;

const NOBODY: CallerMembers = { accountId: 'null', caller: 'null', accessKey: 'null', userArn: 'null', user: 'null' };

/** None of it is a client's text: it is what the account's users are. */
const callerMembers = ({ accountId, caller, accessKey, userArn, user }: Caller): CallerMembers => ({
  accountId: JSON.stringify(accountId),
  caller: JSON.stringify(caller),
  accessKey: JSON.stringify(accessKey),
  userArn: JSON.stringify(userArn),
  user: JSON.stringify(user),
});

function identity({ request, headers, consumer, caller }: Exchange, apiKey: ByteText | null): string {
  const userAgent = headers.first(USER_AGENT);
  const signer = caller === null ? NOBODY : callerMembers(caller);
  return (
    '{"cognitoIdentityPoolId":null,"accountId":' +
    signer.accountId +
    ',"cognitoIdentityId":null,"caller":' +
    signer.caller +
    (apiKey === null ? '' : ',"apiKey":' + quoted(apiKey)) +
    (consumer === null ? '' : ',"apiKeyId":' + JSON.stringify(consumer.apiKeyId)) +
    ',"sourceIp":"' +
    request.remoteAddress +
    '","principalOrgId":null,"accessKey":' +
    signer.accessKey +
    ',"cognitoAuthenticationType":null,"cognitoAuthenticationProvider":null,"userArn":' +
    signer.userArn +
    ',"userAgent":' +
    (userAgent === undefined ? 'null' : quoted(userAgent)) +
    ',"user":' +
    signer.user +
    '}'
  );
}

/** A text of JSON. */
function quoted(bytes: ByteText): string {
  return ODD.test(bytes) ? JSON.stringify(textOf(bytes)) : '"' + bytes + '"';
}
