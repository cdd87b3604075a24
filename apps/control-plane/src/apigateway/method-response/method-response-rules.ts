import type { MethodResponseModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import type { EntityManager } from 'typeorm';
import type { MethodEntity } from '../method/method.entity.js';
import { checkModels } from '../method/model-reference.js';

const RESPONSE_PARAMETER = /^method\.response\.header\.[a-zA-Z0-9._$-]+$/;

/**
 * Checks a response of a method, new or patched. Call it under the API's lock: its models must exist.
 * Throws `BadRequestException` in AWS's words.
 */
export async function checkMethodResponse(
  manager: EntityManager,
  method: MethodEntity,
  response: MethodResponseModel,
): Promise<void> {
  const unknown = Object.keys(response.responseParameters).filter((key) => !RESPONSE_PARAMETER.test(key));
  if (unknown.length > 0) {
    const errors = unknown.map((key) => `Invalid mapping expression parameter specified: ${key}`).join(', ');
    throw badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors}]`);
  }
  await checkModels(manager, method, response.responseModels);
}
