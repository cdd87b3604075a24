import { ERRORS } from '../gateway-response/gateway-error.js';
import type { StepFactory } from '../rest-pipeline.js';
import { admit } from './admit.js';

/** The requests of a key in a day, week or month. After the throttle: a request that was too fast does not use the quota up. */
export const usagePlanQuota: StepFactory = (route, { services: { limiter } }) => {
  if (!route.apiKeyRequired) return null;
  return ({ consumer }) => {
    if (consumer === null || consumer.plan.quota === null) return undefined;
    return admit(limiter.quota(consumer.subject, consumer.plan.quota), ERRORS.quotaExceeded);
  };
};
