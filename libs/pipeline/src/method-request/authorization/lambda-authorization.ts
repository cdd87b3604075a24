import type { RequestAuthorizer, TokenAuthorizer } from '@gatehouse/snapshot';
import type { Exchange } from '../../exchange.js';
import { ERRORS, type GatewayError } from '../../gateway-response/gateway-error.js';
import { hasDotSegment } from '../../http/request-target.js';
import type { RequestStep } from '../../rest-pipeline.js';
import { otherReading } from '../../routing/other-reading.js';
import type { ServedRoute } from '../../stage/served-deployment.js';
import type { ServedStage } from '../../stage/served-stage.js';
import { arnOf, methodArn } from '../method-arn.js';
import { PolicyContext } from '../policy-context.js';
import type { AuthorizerDecision } from './authorizer-answer.js';
import { LambdaAuthorizer } from './lambda-authorizer.js';

/** Asks a Lambda authorizer, or what it said before of the same identity, and lets in what its policy allows: it is evaluated for each request anew. */
export function lambdaAuthorization(
  authorizer: TokenAuthorizer | RequestAuthorizer,
  route: ServedRoute,
  stage: ServedStage,
): RequestStep {
  const lambda = new LambdaAuthorizer(authorizer, route, stage);
  return (exchange) => {
    const arn = methodArn(exchange, stage);
    const decision = lambda.decide(exchange, arn);
    if (!(decision instanceof Promise)) return admit(exchange, stage, arn, decision, 0);
    const askedAt = performance.now();
    return decision.then((late) => admit(exchange, stage, arn, late, performance.now() - askedAt));
  };
}

/** @param integrationLatency milliseconds for which the decision was waited for */
function admit(
  exchange: Exchange,
  stage: ServedStage,
  arn: string,
  decision: AuthorizerDecision | GatewayError,
  integrationLatency: number,
): GatewayError | undefined {
  if (!('policy' in decision)) return decision;
  const { policy, principalId, context, usageIdentifierKey } = decision;
  const other = otherReading(exchange.request.target?.path ?? '/', exchange.pathStart);
  // Where dots may lead is anyone's guess, and so is what the policy says of it.
  if (other !== null && hasDotSegment(other)) return ERRORS.ambiguousPath;
  // Whoever may not call a method may not do so by a spelling of its path that a backend reads as it.
  const resources = other === null ? [arn] : [arn, arnOf(exchange, stage, other, 0)];
  const conditions = new PolicyContext(exchange);
  for (const resource of resources) {
    const request = { principal: null, action: 'execute-api:Invoke', resource, context: conditions, accountGrants: false };
    const verdict = policy.evaluate(request);
    if (verdict === 'deny') return ERRORS.explicitlyDenied;
    if (verdict === 'silent' && !exchange.resourcePolicyAllows) return ERRORS.notAuthorized;
  }
  exchange.authorizer = { principalId, context, claims: null, usageIdentifierKey, integrationLatency };
  return undefined;
}
