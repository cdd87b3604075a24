import type { IntegrationModel } from '@gatehouse/api-model';
import { notFound } from '@gatehouse/aws-wire';
import type { MethodEntity } from '../method/method.entity.js';

export const unknownIntegration = () => notFound('Invalid Integration identifier specified');

/** The method's integration. Throws `NotFoundException` in AWS's words when it has none. */
export function integrationOf(method: MethodEntity): IntegrationModel {
  if (!method.methodIntegration) throw unknownIntegration();
  return method.methodIntegration;
}
