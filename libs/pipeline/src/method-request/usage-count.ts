import type { StepFactory } from '../rest-pipeline.js';

/** Counts a request of a key that every limit has let through, for GetUsage. */
export const usageCount: StepFactory = (route, { services: { limiter } }) => {
  if (!route.apiKeyRequired) return null;
  return ({ consumer }) => {
    if (consumer !== null) limiter.count(consumer.subject);
    return undefined;
  };
};
