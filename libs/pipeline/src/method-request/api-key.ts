import { hash } from 'node:crypto';
import { ERRORS } from '../gateway-response/gateway-error.js';
import type { StepFactory } from '../rest-pipeline.js';

/**
 * Finds out whose API key came in `x-api-key`: it must be known, enabled, and in a usage plan of this stage. A method that asks for no key
 * ignores one.
 */
export const apiKey: StepFactory = (route, stage) => {
  if (!route.apiKeyRequired) return null;
  const { consumers, scope, key: stageKey } = stage;
  return (exchange) => {
    const value = exchange.headers.first('x-api-key');
    if (!value) return ERRORS.apiKeyMissing;
    if (exchange.headers.contradictory('x-api-key')) return ERRORS.apiKeyContradictory;
    const key = consumers.findKey(hash('sha256', Buffer.from(value, 'latin1'), 'buffer'));
    if (key === undefined) return ERRORS.apiKeyUnknown;
    if (!key.enabled) return ERRORS.apiKeyDisabled;
    for (const usagePlanId of key.usagePlanIds) {
      const plan = consumers.findUsagePlan(usagePlanId);
      if (plan === undefined || !plan.covers(stageKey)) continue;
      const { apiKeyId } = key;
      const subject = { accountId: scope.accountId, region: scope.region, usagePlanId, apiKeyId };
      exchange.consumer = { apiKeyId, apiKey: value, plan, subject };
      return undefined;
    }
    return ERRORS.apiKeyWithoutPlan;
  };
};
