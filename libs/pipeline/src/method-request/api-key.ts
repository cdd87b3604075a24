import { ERRORS } from '../gateway-response/gateway-error.js';
import { API_KEY } from '../http/header-info.js';
import type { StepFactory } from '../rest-pipeline.js';
import type { ConsumerDirectory, KeyEntry } from '../stage/consumer-directory.js';
import { Consumer } from '../stage/consumer.js';
import type { ServedStage } from '../stage/served-stage.js';

/**
 * Finds out whose API key came in `x-api-key`, or, where the API's keys come from its authorizers, was said by the authorizer: it must be known, enabled, and in a usage plan
 * of this stage. A method that asks for no key ignores one.
 */
export const apiKey: StepFactory = (route, stage) => {
  if (!route.apiKeyRequired) return null;
  const { consumers } = stage;
  const isSaid = route.apiKeySource === 'AUTHORIZER';
  return (exchange) => {
    const value = isSaid ? exchange.authorizer?.usageIdentifierKey : exchange.headers.first(API_KEY);
    if (!value) return ERRORS.apiKeyMissing;
    if (!isSaid && exchange.headers.contradictory(API_KEY)) return ERRORS.apiKeyContradictory;
    const key = consumers.findKey(value);
    if (key === undefined) return ERRORS.apiKeyUnknown;
    if (!key.enabled) return ERRORS.apiKeyDisabled;
    const consumer = key.consumer?.stage === stage ? key.consumer : findConsumer(key, stage, consumers);
    if (consumer === null) return ERRORS.apiKeyWithoutPlan;
    exchange.consumer = key.consumer = consumer;
    exchange.apiKey = value;
    return undefined;
  };
};

/** For whom a key stands on a stage: by the first of its plans that covers it. */
function findConsumer(key: KeyEntry, stage: ServedStage, consumers: ConsumerDirectory): Consumer | null {
  for (const usagePlanId of key.usagePlanIds) {
    const plan = consumers.findUsagePlan(usagePlanId);
    if (plan?.covers(stage.key)) return new Consumer(stage, plan, key);
  }
  return null;
}
