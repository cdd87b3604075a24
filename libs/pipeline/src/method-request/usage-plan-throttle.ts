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
  const methodKey = route.methodKey;
  const methodBucket = `/${stage.key}${methodKey}`;
  return ({ consumer }) => {
    if (consumer === null) return undefined;
    const { throttle } = consumer.plan;
    const ofMethod = consumer.methodThrottles?.get(methodKey);
    if (ofMethod !== undefined)
      return admit(limiter.throttle(consumer.bucket + methodBucket, ofMethod), ERRORS.usagePlanThrottled);
    return throttle === null ? undefined : admit(limiter.throttle(consumer.bucket, throttle), ERRORS.usagePlanThrottled);
  };
};
