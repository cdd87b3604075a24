import type { MethodResponseModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { checkModels } from '../method/model-reference.js';
import type { NamedParts } from '../method/named-parts.js';

const RESPONSE_PARAMETER = /^method\.response\.header\.[a-zA-Z0-9._$-]+$/;

/** Checks a response of a method, new or patched: its models must be among `named`. Throws `BadRequestException` in AWS's words. */
export function checkMethodResponse(named: NamedParts, response: MethodResponseModel): void {
  const unknown = Object.keys(response.responseParameters).filter((key) => !RESPONSE_PARAMETER.test(key));
  if (unknown.length > 0) {
    const errors = unknown.map((key) => `Invalid mapping expression parameter specified: ${key}`).join(', ');
    throw badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors}]`);
  }
  checkModels(named, response.responseModels);
}
