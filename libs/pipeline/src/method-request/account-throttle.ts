import { ERRORS } from '../gateway-response/gateway-error.js';
import type { StepFactory } from '../rest-pipeline.js';
import { admit } from './admit.js';

/** The limit of the account in its region, over all APIs and callers. */
export const accountThrottle: StepFactory = (_, stage) => {
  const throttle = stage.consumers.accountThrottle;
  if (throttle === null) return null;
  const { limiter } = stage.services;
  const bucket = `account/${stage.scope.accountId}/${stage.scope.region}`;
  return () => admit(limiter.throttle(bucket, throttle), ERRORS.accountThrottled);
};
