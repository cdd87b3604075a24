import type { TestOutcome } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import type { GatewayError } from '../gateway-response/gateway-error.js';
import { textOf } from '../http/byte-text.js';
import { beginLog } from '../logs/execution-log-steps.js';
import { LambdaAuthorizer } from '../method-request/authorization/lambda-authorizer.js';
import { userPoolsAuthorization } from '../method-request/authorization/user-pools-authorization.js';
import type { CollectedResponse } from './collected-response.js';
import { testLog } from './test-log.js';
import type { TestStage } from './test-stage.js';

/** What an authorizer says. */
interface Said {
  readonly principalId: string | null;
  /** JSON. */
  readonly policy: string | null;
  readonly claims: [name: string, value: string][];
}

/** Asks the authorizer of the route, and tells what it says, whether or not that would let anybody in. */
export async function askAuthorizer(exchange: Exchange, served: TestStage, response: CollectedResponse): Promise<TestOutcome> {
  const { stage, route } = served;
  exchange.stage = stage;
  exchange.route = route;
  void beginLog(route, stage, 'GET')?.(exchange);
  const said = await ask(exchange, served);
  const latency = Math.round(performance.now() - exchange.startedAt);
  let clientStatus = 0;
  let told: Said = { principalId: null, policy: null, claims: [] };
  if ('responseType' in said) {
    exchange.fail(said);
    clientStatus = (await response.read).status;
  } else told = said;
  return {
    kind: 'authorizer',
    clientStatus,
    log: testLog(exchange.requestId, exchange.log?.sentences() ?? []),
    latency,
    ...told,
  };
}

async function ask(exchange: Exchange, { stage, route }: TestStage): Promise<Said | GatewayError> {
  const { authorization, authorizers } = route;
  switch (authorization?.type) {
    case 'CUSTOM': {
      const decision = await new LambdaAuthorizer(authorizers.lambda(authorization.authorizerId), route, stage).decide(exchange);
      if (!('policy' in decision)) return decision;
      const { principalId, policyDocument, context, usageIdentifierKey } = decision;
      exchange.authorizer = { principalId, context, claims: null, usageIdentifierKey, integrationLatency: 0 };
      return { principalId: textOf(principalId), policy: JSON.stringify(policyDocument), claims: [] };
    }
    case 'COGNITO_USER_POOLS': {
      const { authorizerId, scopes } = authorization;
      const refused = await userPoolsAuthorization(authorizers.userPools(authorizerId), scopes, stage)(exchange);
      if (typeof refused === 'object') return refused;
      const claims = [...(exchange.authorizer?.claims ?? [])].map(([name, value]): [string, string] => [name, textOf(value)]);
      return { principalId: null, policy: null, claims };
    }
    default:
      throw new Error('there is no authorizer to test');
  }
}
