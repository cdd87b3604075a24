import { ERRORS } from '../gateway-response/gateway-error.js';
import type { StepFactory } from '../rest-pipeline.js';
import { admit } from './admit.js';

/** The stage's limit for a method, over all callers. The wildcard setting gives every method a limit of its own. */
export const methodThrottle: StepFactory = (route, stage, verb) => {
  const throttle = stage.methodSetting(route, verb)?.throttle;
  if (!throttle) return null;
  const { limiter } = stage.services;
  const { accountId, region } = stage.scope;
  const bucket = `stage/${accountId}/${region}/${stage.key}${stage.settingKey(route, verb)}`;
  return () => admit(limiter.throttle(bucket, throttle), ERRORS.methodThrottled);
};
