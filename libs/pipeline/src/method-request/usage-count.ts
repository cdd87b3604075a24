import type { StepFactory } from '../rest-pipeline.js';

/** Counts a request of a key that every limit has let through, for GetUsage, under the period of the quota that it was taken from. */
export const usageCount: StepFactory = (route, { services: { limiter } }) => {
  if (!route.apiKeyRequired) return null;
  return ({ consumer }) => {
    if (consumer !== null) limiter.count(consumer.subject, consumer.plan.quota?.period ?? 'NONE');
    return undefined;
  };
};
