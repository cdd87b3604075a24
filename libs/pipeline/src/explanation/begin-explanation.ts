import { readExplainToken, type DataPlaneKey } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import type { ServedStage } from '../stage/served-stage.js';
import { Explanation } from './explanation.js';

/**
 * Has a request to a stage explained that brings a token for it which is good now; any other request goes on as if it had brought none.
 */
export function beginExplanation(exchange: Exchange, stage: ServedStage, keys: readonly DataPlaneKey[]): void {
  const { explainToken, arrivedAt } = exchange;
  const grant = explainToken === undefined ? null : readExplainToken(keys, explainToken);
  if (grant === null || arrivedAt >= grant.expiresAt) return;
  const { accountId, region } = stage.scope;
  if (grant.accountId !== accountId || grant.region !== region) return;
  if (grant.apiId !== stage.apiId || grant.stageName !== stage.stageName) return;
  exchange.explainBy((client) => new Explanation(exchange, client));
}
