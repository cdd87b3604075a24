import { ERRORS } from '../gateway-response/gateway-error.js';
import type { StepFactory } from '../rest-pipeline.js';
import { admit } from './admit.js';

/**
 * The rate and burst of a key under its usage plan. A limit that the plan has for this method counts the key's calls of this method alone;
 * the plan's own counts them over all its stages.
 */
export const usagePlanThrottle: StepFactory = (route, stage) => {
  if (!route.apiKeyRequired) return null;
  const { limiter } = stage.services;
  const methodKey = `${route.path}/${route.httpMethod}`;
  const methodBucket = `/${stage.key}${methodKey}`;
  return ({ consumer }) => {
    if (consumer === null) return undefined;
    const { plan, apiKeyId } = consumer;
    const ofMethod = plan.methodThrottle(stage.key, methodKey);
    if (ofMethod !== undefined) {
      return admit(limiter.throttle(plan.bucketPrefix + apiKeyId + methodBucket, ofMethod), ERRORS.usagePlanThrottled);
    }
    if (plan.throttle === null) return undefined;
    return admit(limiter.throttle(plan.bucketPrefix + apiKeyId, plan.throttle), ERRORS.usagePlanThrottled);
  };
};
