import { evaluatePolicies, type PolicyPrincipal, type PolicyRequest, type Verdict } from '@gatehouse/iam-policy';
import type { Exchange } from '../exchange.js';
import { gatewayError, type GatewayError } from '../gateway-response/gateway-error.js';
import type { RequestStep, StepFactory } from '../rest-pipeline.js';
import type { ServedStage } from '../stage/served-stage.js';
import { methodArn } from './method-arn.js';
import { INVALIDATE_CACHE, INVOKE, methodResources } from './method-resources.js';
import { PolicyContext } from './policy-context.js';

/*
 * What an API's resource policy and a user's own policies say together. Source: AWS, "How API Gateway resource policies affect authorization workflow".
 */

/** What neither denies. Whoever has not signed has no policies of his own. */
interface Allowances {
  readonly byResourcePolicy: boolean;
  readonly byCaller: boolean;
}

/**
 * The resource policy, before anybody is asked who he is. Where the method is for everyone, it decides alone. Where a Lambda authorizer has its say, what it denies is denied
 * here, and that it allows is kept in `exchange.resourcePolicyAllows`, which is as good as if the authorizer did. Otherwise it has to be known first who asks.
 */
export const resourcePolicy: StepFactory = (route, stage) => {
  if (stage.deployment.policy === null) return null;
  switch (route.authorization?.type) {
    case undefined:
      return decidedBy(stage, ({ byResourcePolicy }) => byResourcePolicy);
    case 'CUSTOM':
      return (exchange) => {
        const heard = hear(exchange, stage);
        if ('responseType' in heard) return heard;
        exchange.resourcePolicyAllows = heard.byResourcePolicy;
        return undefined;
      };
    default:
      return null;
  }
};

/**
 * Policies, once it is known who asks. A user of the API's own account is let in by his policies or by the resource policy, one of another account by both. Where a user
 * pool's token was asked for, the resource policy has to allow as well.
 */
export const callerPolicies: StepFactory = (route, stage) => {
  const { accountId } = stage.scope;
  switch (route.authorization?.type) {
    case 'AWS_IAM':
      return decidedBy(stage, (allowances, { caller }) => letsUserIn(allowances, caller?.accountId === accountId));
    case 'COGNITO_USER_POOLS':
      return stage.deployment.policy === null ? null : decidedBy(stage, ({ byResourcePolicy }) => byResourcePolicy);
    default:
      return null;
  }
};

/**
 * Whether policies let whoever sends a request have a kept answer fetched anew: a user's and the resource policy together, of everybody else the resource policy
 * alone. Source: AWS, "Invalidate an API Gateway cache entry".
 */
export function mayInvalidateCache(exchange: Exchange, stage: ServedStage): boolean {
  const heard = hear(exchange, stage, INVALIDATE_CACHE);
  if ('responseType' in heard) return false;
  const { caller } = exchange;
  return caller === null ? heard.byResourcePolicy : letsUserIn(heard, caller.accountId === stage.scope.accountId);
}

const letsUserIn = ({ byResourcePolicy, byCaller }: Allowances, sameAccount: boolean): boolean =>
  sameAccount ? byResourcePolicy || byCaller : byResourcePolicy && byCaller;

function decidedBy(stage: ServedStage, allows: (allowances: Allowances, exchange: Exchange) => boolean): RequestStep {
  return (exchange) => {
    const heard = hear(exchange, stage);
    if ('responseType' in heard) return heard;
    return allows(heard, exchange) ? undefined : refusal(exchange, stage, false);
  };
}

/** Asks the policies for all readings of the request's path: what is denied of one is denied, and only what is allowed of all is allowed. */
function hear(exchange: Exchange, stage: ServedStage, action = INVOKE): Allowances | GatewayError {
  const resources = methodResources(exchange, stage);
  if ('responseType' in resources) return resources;
  const { caller } = exchange;
  const principal: PolicyPrincipal | null = caller && { arn: caller.userArn, accountId: caller.accountId, userId: caller.user };
  const accountGrants = caller?.accountId !== stage.scope.accountId;
  const context = new PolicyContext(exchange);
  let byResourcePolicy = true;
  let byCaller = true;
  for (const resource of resources) {
    const request: PolicyRequest = { principal, action, resource, context, accountGrants };
    const ofResource: Verdict = stage.deployment.policy?.evaluate(request) ?? 'silent';
    const ofCaller = evaluatePolicies(caller?.policies ?? [], request);
    if (ofResource === 'deny' || ofCaller === 'deny') return refusal(exchange, stage, true);
    byResourcePolicy &&= ofResource === 'allow';
    byCaller &&= ofCaller === 'allow';
  }
  return { byResourcePolicy, byCaller };
}

/** Source: AWS's sentences, in which all but the last four digits of the API's account are hidden. */
function refusal(exchange: Exchange, stage: ServedStage, explicit: boolean): GatewayError {
  const user = exchange.caller?.userArn ?? 'anonymous';
  const { accountId } = stage.scope;
  const shown = methodArn(exchange, stage).replace(`:${accountId}:`, `:********${accountId.slice(-4)}:`);
  const message = `User: ${user} is not authorized to perform: ${INVOKE} on resource: ${shown}${explicit ? ' with an explicit deny' : ''}`;
  return gatewayError('ACCESS_DENIED', explicit ? 'a policy denies the method' : 'no policy allows the method', { message });
}
