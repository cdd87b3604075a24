import type { MethodResponseModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { checkModels } from '../method/model-reference.js';

const RESPONSE_PARAMETER = /^method\.response\.header\.[a-zA-Z0-9._$-]+$/;

/** Checks a method response, new or patched. Throws `BadRequestException` in AWS's words. */
export function checkMethodResponse(response: MethodResponseModel): void {
  const unknown = Object.keys(response.responseParameters).filter((key) => !RESPONSE_PARAMETER.test(key));
  if (unknown.length > 0) {
    const errors = unknown.map((key) => `Invalid mapping expression parameter specified: ${key}`).join(', ');
    throw badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors}]`);
  }
  checkModels(response.responseModels);
}
