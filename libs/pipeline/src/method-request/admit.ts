import type { GatewayError } from '../gateway-response/gateway-error.js';
import type { StepResult } from '../rest-pipeline.js';

/** Turns a limiter's answer into a step's: `refusal` where the request does not fit. */
export function admit(fits: boolean | Promise<boolean>, refusal: GatewayError): StepResult {
  if (fits === true) return undefined;
  if (fits === false) return refusal;
  return fits.then((late) => (late ? undefined : refusal));
}
