import { unenforcedError } from '../gateway-response/gateway-error.js';
import type { StepFactory } from '../rest-pipeline.js';

/** Ends every request to a method for which the stage or the deployment asks for what gateways cannot enforce. */
export const unenforced: StepFactory = (route, stage, verb) => {
  const settings = stage.unenforced(route, verb);
  if (settings.length === 0) return null;
  const error = unenforcedError(settings);
  return () => error;
};
