import type { HttpMethod } from '@gatehouse/api-model';
import type { Exchange } from './exchange.js';
import { ERRORS, internalError, type GatewayError } from './gateway-response/gateway-error.js';
import type { BodyStream } from './http/body-stream.js';
import { compression, decompression } from './http/compression.js';
import { hasDotSegment } from './http/request-target.js';
import { cached, keep, noteStorable } from './caching/cached.js';
import { cachingRules } from './caching/caching-rules.js';
import { beginLog, logStart, logVerification, stepsAroundIntegration } from './logs/execution-log-steps.js';
import { accountThrottle } from './method-request/account-throttle.js';
import { apiKey } from './method-request/api-key.js';
import { authorization } from './method-request/authorization/authorization.js';
import { malformedAuthorization } from './method-request/authorization/aws-iam.js';
import { bodyLimit } from './method-request/body-limit.js';
import { methodThrottle } from './method-request/method-throttle.js';
import { requestBody } from './method-request/request-body.js';
import { requestParameters } from './method-request/request-parameters.js';
import { callerPolicies, resourcePolicy } from './method-request/resource-policy.js';
import { unenforced } from './method-request/unenforced.js';
import { usageCount } from './method-request/usage-count.js';
import { usagePlanQuota } from './method-request/usage-plan-quota.js';
import { usagePlanThrottle } from './method-request/usage-plan-throttle.js';
import { identifiers } from './method-response/identifiers.js';
import { otherReading } from './routing/other-reading.js';
import type { ServedRoute } from './stage/served-deployment.js';
import type { ServedStage } from './stage/served-stage.js';

/** A step toward the integration: nothing lets the request go on, an error ends it. Answers at once wherever it can. */
export type RequestStep = (exchange: Exchange) => StepResult;
export type StepResult = StepEnd | undefined | Promise<StepEnd | undefined>;
/** The request ends here: with an error, or because the step has answered it. */
type StepEnd = GatewayError | typeof ANSWERED;
/** What a step gives that has answered the request itself. */
export const ANSWERED = Symbol('answered');

/** The answer as it takes shape on its way back. */
export interface AnswerDraft {
  status: number;
  /** Name, value, name, value ... */
  headers: string[];
  body: Buffer | BodyStream | null;
  length: number | null;
}

/** A step from the integration's answer to the client's; an error takes the answer's place. */
export type AnswerStep = (exchange: Exchange, draft: AnswerDraft) => GatewayError | undefined;

/** Compiles one step for a method on a stage, asked for by `verb` (the method's own, or that of requests to an ANY method); null where there is no need of it. */
export type StepFactory = (route: ServedRoute, stage: ServedStage, verb: HttpMethod) => RequestStep | null;

/** What a request to one method of one stage goes through, and what is the same for all of them. */
export interface Road {
  readonly stage: ServedStage;
  readonly route: ServedRoute;
  /** `{resource path}/{VERB}`, as settings and limits name the method. */
  readonly methodKey: string;
  /** The stage wants metrics of this method alone. */
  readonly detailedMetrics: boolean;
  readonly request: readonly RequestStep[];
  readonly integration: (exchange: Exchange) => void;
  readonly answer: readonly AnswerStep[];
  /** The last of those: what an answer from the cache still gets. */
  readonly methodResponse: readonly AnswerStep[];
}

/**
 * The order of a request, in Amazon API Gateway's words. Resolution of API and stage came before, by the gateway's routing table; then the
 * resource and method are found (`serve`), then:
 *
 * 1. method request: the list below. What cannot be enforced comes first; a key's own limits come before those that it
 *    shares with everyone, as AWS counts them.
 * 2. integration request: one step of the integration's kind.
 * 3. integration: answers by `exchange.conclude`, or fails.
 * 4. integration response: one step of the integration's kind.
 * 5. method response: the list below.
 *
 * An error at any point is answered with its gateway response.
 */
const METHOD_REQUEST: readonly StepFactory[] = [
  beginLog,
  unenforced,
  accountThrottle,
  bodyLimit,
  resourcePolicy,
  authorization,
  callerPolicies,
  logVerification,
  apiKey,
  usagePlanThrottle,
  usagePlanQuota,
  methodThrottle,
  usageCount,
  logStart,
  decompression,
  requestParameters,
  requestBody,
  cached,
];

const METHOD_RESPONSE: readonly AnswerStep[] = [identifiers];

/** Stands around each step of a road, by its name. */
export interface RoadWatch {
  requestStep(name: string, step: RequestStep): RequestStep;
  answerStep(name: string, step: AnswerStep): AnswerStep;
}

const UNWATCHED: RoadWatch = { requestStep: (_, step) => step, answerStep: (_, step) => step };

/** Compiles the road of one method on one stage, asked for by `verb`. */
export function compileRoad(route: ServedRoute, stage: ServedStage, verb: HttpMethod, watch = UNWATCHED): Road {
  const { integration } = route;
  const methodRequest = METHOD_REQUEST.flatMap((factory) => {
    const step = factory(route, stage, verb);
    return step === null ? [] : [watch.requestStep(factory.name, step)];
  });
  const logged = stepsAroundIntegration(route, stage, verb);
  const { minimumCompressionSize } = route;
  const coded = minimumCompressionSize === null ? [] : [compression(minimumCompressionSize)];
  const methodResponse = [...coded, ...METHOD_RESPONSE, ...logged.completed];
  return {
    stage,
    route,
    methodKey: route.methodKey,
    detailedMetrics: stage.methodSetting(route, verb)?.metricsEnabled === true,
    request: [...methodRequest, watch.requestStep('integrationRequest', integration.request(stage)), ...logged.sending],
    integration: integration.invoke,
    answer: [...logged.received, ...integrationResponse(route, stage, verb, watch), ...methodResponse],
    methodResponse,
  };
}

/** The integration's own step; on a stage that keeps answers of the method, among those that see to it. */
function integrationResponse(route: ServedRoute, stage: ServedStage, verb: HttpMethod, watch: RoadWatch): readonly AnswerStep[] {
  const answer = watch.answerStep('integrationResponse', route.integration.answer);
  const { cache } = stage.services;
  const rules = cachingRules(route, stage, verb);
  return rules === null || cache === null ? [answer] : [noteStorable, answer, keep(rules.ttlInSeconds, cache)];
}

/** Serves a request whose API and stage are known; a canary release of the stage may do so in its place. `pathStart` is where its target's path goes on after the stage. */
export function serve(exchange: Exchange, named: ServedStage, pathStart: number): void {
  const stage = named.forRequest();
  const { httpMethod, request } = exchange;
  const { deployment } = stage;
  const path = request.target?.path ?? '/';
  exchange.stage = stage;
  exchange.pathStart = pathStart;
  const match = deployment.routes.match(httpMethod, path, pathStart);
  if (match === undefined) return exchange.fail(malformedAuthorization(request) ?? ERRORS.missingAuthenticationToken);
  if (stage.hasGuardedRoutes && leadsPastGuard(stage, match.route, httpMethod, path, pathStart))
    return exchange.fail(ERRORS.ambiguousPath);
  serveRoute(exchange, stage, match.route, match.values);
}

/** Serves a request whose method is known, with the values of its path's parameters. */
export function serveRoute(exchange: Exchange, stage: ServedStage, route: ServedRoute, pathValues: readonly string[]): void {
  exchange.stage = stage;
  exchange.route = route;
  exchange.pathValues = pathValues;
  const { explanation, httpMethod } = exchange;
  exchange.road = explanation === null ? stage.road(route, httpMethod) : stage.watchedRoad(route, httpMethod, explanation);
  walk(exchange, exchange.road, 0);
}

/**
 * Whether a path is, to some backends, one of another method with a guard that this one does not have: whoever may not get there could by it.
 */
function leadsPastGuard(stage: ServedStage, route: ServedRoute, httpMethod: string, path: string, pathStart: number): boolean {
  const reading = otherReading(path, pathStart);
  if (reading === null) return false;
  const { routes, guards } = stage.deployment;
  // Where dots may lead is anyone's guess, so that they are refused wherever something is guarded that this method is not.
  const other = hasDotSegment(reading) ? null : routes.match(httpMethod, reading)?.route;
  if (other === undefined) return false;
  const own = route.guards;
  const isDenied = other ? stage.denies(other, httpMethod) : stage.hasDeniedRoutes;
  return (other?.guards ?? guards).some((guard) => !own.includes(guard)) || (isDenied && !stage.denies(route, httpMethod));
}

function walk(exchange: Exchange, road: Road, from: number): void {
  try {
    for (let at = from; at < road.request.length; at++) {
      const result = (road.request[at] as RequestStep)(exchange);
      if (result === undefined) continue;
      if (!(result instanceof Promise)) return end(exchange, result);
      result.then(
        (late) => (late === undefined ? walk(exchange, road, at + 1) : end(exchange, late)),
        (error: unknown) => exchange.fail(internalError(error)),
      );
      return;
    }
    road.integration(exchange);
  } catch (error) {
    exchange.fail(internalError(error));
  }
}

function end(exchange: Exchange, result: StepEnd): void {
  if (result !== ANSWERED) exchange.fail(result);
}
