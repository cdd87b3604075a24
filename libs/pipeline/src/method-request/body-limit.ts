import { requestTooLarge } from '../gateway-response/gateway-error.js';
import type { StepFactory } from '../rest-pipeline.js';

/** Refuses a body that is announced as too large; one of unknown length is stopped on its way to the integration. */
export const bodyLimit: StepFactory = (_route, { services }) => {
  const error = requestTooLarge(services.bodyLimit);
  return ({ request }) => ((request.body.length ?? 0) > services.bodyLimit ? error : undefined);
};
