import { badRequest, conflict, notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Not, type EntityManager } from 'typeorm';
import { methodsInOrder } from '../method/methods-in-order.js';
import { RequestValidatorEntity } from './request-validator.entity.js';

export const unknownRequestValidator = () => notFound('Invalid Request Validator identifier specified');

/** Throws `BadRequestException` for a name without content. */
export function checkName(name: string | undefined): string {
  if (!name?.trim()) throw badRequest('Request Validator name cannot be blank');
  return name;
}

/** Throws `BadRequestException` when another validator of the API has this one's name; call it under the API's lock. */
export async function checkNameIsFree(manager: EntityManager, validator: RequestValidatorEntity): Promise<void> {
  const { accountId, region, apiId, requestValidatorId, name } = validator;
  if (name === null) return;
  const where = { accountId, region, apiId, name, requestValidatorId: Not(requestValidatorId) };
  if (await manager.existsBy(RequestValidatorEntity, where)) throw badRequest('Request Validator name must be unique');
}

/** Refuses to delete a validator that a method has; call it under the API's lock. Throws `ConflictException`. */
export async function refuseWhileUsed(manager: EntityManager, scope: Scope, validator: RequestValidatorEntity): Promise<void> {
  const { apiId, requestValidatorId, name } = validator;
  const methods = await methodsInOrder(manager, scope, apiId);
  const user = methods.find(({ method }) => method.requestValidatorId === requestValidatorId);
  if (!user) return;
  const place = `${user.method.httpMethod}/${user.path}`;
  throw conflict(`Cannot delete request validator '${name ?? requestValidatorId}', is referenced in method: ${place}`);
}
