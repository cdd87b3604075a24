import { notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager, FindOptionsSelect } from 'typeorm';
import { DeploymentEntity } from './deployment.entity.js';

/** A deployment without its model, which may be large, and what follows from it. */
export type DeploymentHead = Omit<DeploymentEntity, 'model' | 'vpcLinkIds'>;

const HEAD = {
  apiId: true,
  deploymentId: true,
  description: true,
  createdDate: true,
} satisfies FindOptionsSelect<DeploymentEntity>;

/** Reads one deployment, without its model. Throws `NotFoundException` with AWS's sentence when there is none. */
export async function findDeployment(
  manager: EntityManager,
  scope: Scope,
  apiId: string,
  deploymentId: string,
): Promise<DeploymentHead> {
  const deployment = await manager.findOne(DeploymentEntity, { where: { ...scope, apiId, deploymentId }, select: HEAD });
  if (!deployment) throw notFound('Invalid Deployment identifier specified');
  return deployment;
}
