import type { Exchange } from '../exchange.js';
import { textOf } from '../http/byte-text.js';
import { redactedKey, Redaction, withoutSecrets } from '../logs/redacted.js';
import type { ReadResponse } from '../test-invocation/collected-response.js';
import type { Explanation, SeenBody } from './explanation.js';
import { rounded, toldError } from './told-step.js';

/** Characters of a body that are told. */
const LONGEST_BODY = 16_384;

/** Why a request went the way it went, as JSON, without the secrets that it or its API's definition brought. */
export function explain(exchange: Exchange, explanation: Explanation, response: ReadResponse): string {
  const { route, headers, query, authorizer, requestId, extendedRequestId, error } = exchange;
  const redaction = new Redaction(route?.secretNames);
  const key = authorizer?.usageIdentifierKey;
  const secrets = redaction.secretsOf([...headers.raw, ...query.flat(), ...(key ? ['x-api-key', key] : [])]);
  const told = {
    requestId,
    extendedRequestId,
    route: routeOf(exchange),
    methodRequest: explanation.methodRequest,
    authorization: authorizationOf(exchange),
    apiKey: apiKeyOf(exchange),
    limits: limitsOf(exchange),
    cache: cacheOf(exchange),
    integration: integrationOf(exchange, explanation, redaction),
    integrationResponse: explanation.answerSteps,
    error: error && toldError(error),
    milliseconds: timesOf(exchange),
    response: { ...response, headers: response.headers.map(([name, value]) => [name, redaction.value(name, value)]) },
  };
  return JSON.stringify(told, (_, value: unknown) => (typeof value === 'string' ? withoutSecrets(secrets, value) : value));
}

/** Which methods the path could be for, in the order in which they are preferred, and the one that it is. */
function routeOf({ stage, route, request, pathStart, pathValues, httpMethod, domainName, basePath }: Exchange): object | null {
  if (stage === null) return null;
  const candidates = stage.deployment.routes.candidates(request.target?.path ?? '/', pathStart);
  return {
    apiId: stage.apiId,
    stage: stage.stageName,
    deploymentId: stage.deploymentId,
    isCanary: stage.isCanary,
    domainName,
    basePath,
    httpMethod: textOf(httpMethod),
    candidates: candidates.map((each) => ({
      httpMethod: each.httpMethod,
      resourcePath: each.path,
      resourceId: each.resourceId,
      matched: each === route,
    })),
    pathParameters: (route?.parameterNames ?? []).map((name, at) => ({ name, value: textOf(pathValues[at] ?? '') })),
  };
}

function authorizationOf({ route, authorizer, caller, stage, resourcePolicyAllows }: Exchange): object | null {
  if (route === null) return null;
  const { authorization } = route;
  return {
    ...(authorization ?? { type: 'NONE' }),
    hasResourcePolicy: stage?.deployment.policy !== null,
    ...(authorization?.type === 'CUSTOM' && { resourcePolicyAllows }),
    caller: caller && { userArn: caller.userArn, accountId: caller.accountId, accessKey: caller.accessKey },
    authorizer: authorizer && {
      principalId: authorizer.principalId === null ? null : textOf(authorizer.principalId),
      // Nothing was waited for.
      isFromCache: authorizer.integrationLatency === 0,
      milliseconds: rounded(authorizer.integrationLatency),
      policyDocument: authorizer.policyDocument ?? null,
      context: pairsOf(authorizer.context),
      claims: authorizer.claims && pairsOf(authorizer.claims),
    },
  };
}

function pairsOf(values: ReadonlyMap<string, string>): { name: string; value: string }[] {
  return [...values].map(([name, value]) => ({ name, value: textOf(value) }));
}

function apiKeyOf({ route, consumer, apiKey }: Exchange): object | null {
  if (route === null) return null;
  return {
    required: route.apiKeyRequired,
    source: route.apiKeySource,
    value: redactedKey(apiKey ?? undefined) ?? null,
    apiKeyId: consumer?.apiKeyId ?? null,
    usagePlanId: consumer?.plan.usagePlanId ?? null,
  };
}

/** The limits that the request counts under. */
function limitsOf({ stage, route, road, consumer, httpMethod }: Exchange): object | null {
  if (stage === null || route === null || road === null) return null;
  return {
    account: stage.consumers.accountThrottle,
    method: stage.methodSetting(route, httpMethod)?.throttle ?? null,
    usagePlan: consumer && {
      throttle: consumer.plan.throttle,
      methodThrottle: consumer.methodThrottles?.get(road.methodKey) ?? null,
      quota: consumer.plan.quota,
    },
  };
}

function cacheOf({ cacheUse }: Exchange): object | null {
  return cacheUse && { isHit: cacheUse.isHit, keepsAnswer: cacheUse.keeps };
}

/** What goes to the backend and what comes from it, each before and after what the method makes of it. */
function integrationOf(exchange: Exchange, { answered, sent }: Explanation, redaction: Redaction): object | null {
  const { route, backendRequest, wholeBody, integrationStatus } = exchange;
  if (route === null) return null;
  return {
    type: route.integrationType,
    request: backendRequest && {
      method: backendRequest.method,
      uri: redaction.uri(backendRequest.origin + backendRequest.path),
      headers: toldHeaders([...backendRequest.headers, ...linesOf(backendRequest.lines)], redaction),
      bodyBefore: bodyText(wholeBody),
      bodyAfter: bodyText(sent),
    },
    response: answered && {
      status: integrationStatus ?? answered.status,
      headers: toldHeaders(answered.headers, redaction),
      bodyBefore: bodyText(answered.body),
    },
  };
}

function toldHeaders(headers: readonly string[], redaction: Redaction): [string, string][] {
  const told: [string, string][] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    told.push([name, textOf(redaction.value(name, headers[i + 1] as string))]);
  }
  return told;
}

/** Lines of a head as name, value, name, value ... */
function linesOf(lines: string): string[] {
  return lines
    .split('\r\n')
    .filter((line) => line !== '')
    .flatMap((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
}

/** Null for a body that was passed on unread. */
function bodyText(body: SeenBody): string | null {
  if (body === null) return null;
  const text = body.toString('utf8');
  return text.length <= LONGEST_BODY ? text : `${text.slice(0, LONGEST_BODY)} [TRUNCATED]`;
}

/** Where the time went. */
function timesOf({ startedAt, integrationStartedAt, integrationEndedAt, answeredAt }: Exchange): object {
  const integration =
    integrationStartedAt === null || integrationEndedAt === null ? null : rounded(integrationEndedAt - integrationStartedAt);
  return {
    beforeIntegration: rounded((integrationStartedAt ?? answeredAt) - startedAt),
    integration,
    untilAnswered: rounded(answeredAt - startedAt),
    untilExplained: rounded(performance.now() - startedAt),
  };
}
