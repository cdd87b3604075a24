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
  const { methodKey, path } = route;
  const isAny = route.httpMethod === 'ANY';
  return ({ consumer, httpMethod }) => {
    if (consumer === null) return undefined;
    const { methodThrottles, plan } = consumer;
    const { throttle } = plan;
    if (methodThrottles !== null) {
      // An ANY method goes by the request's verb where the plan has a limit for it.
      const key = isAny && methodThrottles.has(`${path}/${httpMethod}`) ? `${path}/${httpMethod}` : methodKey;
      const ofMethod = methodThrottles.get(key);
      if (ofMethod !== undefined)
        return admit(limiter.throttle(`${consumer.bucket}/${stage.key}${key}`, ofMethod), ERRORS.usagePlanThrottled);
    }
    return throttle === null ? undefined : admit(limiter.throttle(consumer.bucket, throttle), ERRORS.usagePlanThrottled);
  };
};
