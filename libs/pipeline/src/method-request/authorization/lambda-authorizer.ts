import type { RequestAuthorizer, TokenAuthorizer } from '@gatehouse/snapshot';
import type { Exchange } from '../../exchange.js';
import { ERRORS, explained, type GatewayError } from '../../gateway-response/gateway-error.js';
import { textOf } from '../../http/byte-text.js';
import { collect, NoAnswer, type CollectedAnswer } from '../../integration/collected-call.js';
import { InvokedFunction } from '../../integration/lambda-service.js';
import { askingAuthorizer, authorizerAnswered, authorizerDecided, startingAuthorizer } from '../../logs/authorizer-sentences.js';
import type { ServedRoute } from '../../stage/served-deployment.js';
import type { ServedStage } from '../../stage/served-stage.js';
import { methodArn } from '../method-arn.js';
import { MalformedAnswer, readDecision, type AuthorizerDecision } from './authorizer-answer.js';
import type { Decisions } from './decision-cache.js';
import { RequestEvent, tokenEvent } from './authorizer-event.js';
import { headerValues, identityKey, singleValue, sourceValues } from './identity-source.js';
import { wholeMatch } from './whole-match.js';

/** For an authorizer's whole answer, and its bytes. A policy is evaluated for each request, so that it must not be endless. */
const LIMITS = { timeoutInMillis: 29_000, mostBytes: 262_144 };
/** Characters of an error message that get into the log. */
const LONGEST_MESSAGE = 500;
/** What a function throws to refuse an identity. Source: AWS, "Output from an API Gateway Lambda authorizer". */
const REFUSAL = 'Unauthorized';

/** What a request shows of its identity. */
export interface Identity {
  /** What tells it apart from others for this authorizer. */
  readonly key: string;
  /** What its function gets. @param arn of the method that is asked for */
  event(arn: string): Buffer;
}

/** A Lambda authorizer on one stage, as the methods of one route ask it. */
export class LambdaAuthorizer {
  private readonly authorizerId: string;
  private readonly invoked: InvokedFunction | GatewayError;
  private readonly identity: (exchange: Exchange) => Identity | null;
  private readonly decisions: Decisions;
  private readonly ttl: number;

  constructor(
    authorizer: TokenAuthorizer | RequestAuthorizer,
    route: ServedRoute,
    private readonly stage: ServedStage,
  ) {
    const { authorizerId, functionArn, ttlInSeconds } = authorizer;
    this.authorizerId = authorizerId;
    this.invoked = InvokedFunction.ofAuthorizer(functionArn, authorizerId, stage);
    this.identity = authorizer.type === 'TOKEN' ? tokenIdentity(authorizer) : requestIdentity(authorizer, route, stage);
    this.decisions = stage.services.decisions.under(namespaceOf(authorizerId, stage));
    this.ttl = ttlInSeconds * 1000;
  }

  /** What is decided about the identity that a request shows, at once where it was decided before. */
  decide(exchange: Exchange): AuthorizerDecision | GatewayError | Promise<AuthorizerDecision | GatewayError> {
    const { invoked, ttl } = this;
    if (!(invoked instanceof InvokedFunction)) return explained(ERRORS.authorizerMisconfigured, invoked.reason);
    const identity = this.identity(exchange);
    if (identity === null) return ERRORS.unauthorized;
    const ask = () => {
      const { log } = exchange;
      if (log !== null) startingAuthorizer(log, this.authorizerId, exchange);
      return call(invoked, exchange, identity.event(methodArn(exchange, this.stage)));
    };
    if (ttl === 0) return ask();
    const { key } = identity;
    return this.decisions.find(key, performance.now()) ?? this.decisions.ask(key, ttl, ask);
  }
}

/** What sets decisions apart from those of other authorizers, stages and deployments, and from those before a flush. */
function namespaceOf(
  authorizerId: string,
  { scope, apiId, stageName, deploymentHash, variables, decisionsEpoch }: ServedStage,
): string {
  const parts = [scope.accountId, scope.region, apiId, stageName, deploymentHash, authorizerId, decisionsEpoch, [...variables]];
  return JSON.stringify(parts);
}

function tokenIdentity({ header, validation }: TokenAuthorizer): (exchange: Exchange) => Identity | null {
  const values = headerValues(header);
  const isValid = wholeMatch(validation);
  return (exchange) => {
    const token = singleValue(values, exchange);
    if (token === null || (validation !== undefined && !isValid(textOf(token)))) return null;
    return { key: token, event: (arn) => tokenEvent(token, arn) };
  };
}

function requestIdentity(
  { sources }: RequestAuthorizer,
  route: ServedRoute,
  stage: ServedStage,
): (exchange: Exchange) => Identity | null {
  const values = sources.map((source) => sourceValues(source, stage));
  const event = new RequestEvent(route, stage);
  return (exchange) => {
    const key = identityKey(values, exchange);
    return key === null ? null : { key, event: (arn) => event.of(exchange, arn) };
  };
}

async function call(invoked: InvokedFunction, exchange: Exchange, event: Buffer): Promise<AuthorizerDecision | GatewayError> {
  const { log } = exchange;
  try {
    const request = invoked.request(exchange, event);
    if (log !== null) askingAuthorizer(log, request);
    const answer = await collect(invoked.service.upstream, request, LIMITS);
    if (log !== null) authorizerAnswered(log, answer.body);
    const decision = decisionOf(answer);
    if (log !== null && 'policy' in decision) authorizerDecided(log);
    return decision;
  } catch (error) {
    if (error instanceof MalformedAnswer) return explained(ERRORS.authorizerMisconfigured, error.message);
    if (!(error instanceof NoAnswer)) throw error;
    const isItsFault = error.failure === 'timed-out' || error.failure === 'too-long';
    return explained(isItsFault ? ERRORS.authorizerMisconfigured : ERRORS.authorizerFailed, error.failure);
  }
}

/** Source: recorded behaviour of AWS: a function that is missing or not to be called, and one that fails, are errors of configuration. */
function decisionOf({ status, headers, body }: CollectedAnswer): AuthorizerDecision | GatewayError {
  if (status === 429 || status >= 500) return explained(ERRORS.authorizerFailed, `Lambda answered ${status}`);
  if (status < 200 || status > 299) return explained(ERRORS.authorizerMisconfigured, `Lambda answered ${status}`);
  if (!headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'x-amz-function-error')) return readDecision(body);
  const message = errorMessageOf(body);
  return message === REFUSAL ? ERRORS.unauthorized : explained(ERRORS.authorizerMisconfigured, `it failed: ${message}`);
}

function errorMessageOf(body: Buffer): string {
  try {
    const { errorMessage } = JSON.parse(body.toString('utf8')) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage.slice(0, LONGEST_MESSAGE) : 'without a message';
  } catch {
    return 'without a message';
  }
}
