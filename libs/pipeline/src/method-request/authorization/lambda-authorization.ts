import type { RequestAuthorizer, TokenAuthorizer } from '@gatehouse/snapshot';
import type { Exchange } from '../../exchange.js';
import { ERRORS, type GatewayError } from '../../gateway-response/gateway-error.js';
import type { RequestStep } from '../../rest-pipeline.js';
import type { ServedRoute } from '../../stage/served-deployment.js';
import type { ServedStage } from '../../stage/served-stage.js';
import { INVOKE, methodResources } from '../method-resources.js';
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
    const decision = lambda.decide(exchange);
    if (!(decision instanceof Promise)) return admit(exchange, stage, decision, 0);
    const askedAt = performance.now();
    return decision.then((late) => admit(exchange, stage, late, performance.now() - askedAt));
  };
}

/** @param integrationLatency milliseconds for which the decision was waited for */
function admit(
  exchange: Exchange,
  stage: ServedStage,
  decision: AuthorizerDecision | GatewayError,
  integrationLatency: number,
): GatewayError | undefined {
  if (!('policy' in decision)) return decision;
  const { policy, policyDocument, principalId, context, usageIdentifierKey } = decision;
  // Gateway responses and logs tell it of those, too, whom it does not let in.
  exchange.authorizer = { principalId, context, claims: null, usageIdentifierKey, policyDocument, integrationLatency };
  const resources = methodResources(exchange, stage);
  if ('responseType' in resources) return resources;
  const conditions = new PolicyContext(exchange);
  for (const resource of resources) {
    const request = { principal: null, action: INVOKE, resource, context: conditions, accountGrants: false };
    const verdict = policy.evaluate(request);
    if (verdict === 'deny') return ERRORS.explicitlyDenied;
    if (verdict === 'silent' && !exchange.resourcePolicyAllows) return ERRORS.notAuthorized;
  }
  return undefined;
}
