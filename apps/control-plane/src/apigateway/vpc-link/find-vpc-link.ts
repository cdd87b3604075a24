import { notFound } from '@gatehouse/aws-wire';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { VpcLinkEntity } from './vpc-link.entity.js';

export const unknownVpcLink = () => notFound('Invalid Vpc Link identifier specified');

/** Takes the row lock under which a VPC link is edited or removed. Throws `NotFoundException`. */
export async function lockVpcLink({ manager, scope }: AdminTransaction, vpcLinkId: string): Promise<VpcLinkEntity> {
  const link = await manager.findOne(VpcLinkEntity, { where: { ...scope, vpcLinkId }, lock: { mode: 'pessimistic_write' } });
  if (!link) throw unknownVpcLink();
  return link;
}

/** Whether an integration's `connectionId` is that of a link; one that comes from a stage variable (`${stageVariables.link}`) is known only at run time. */
export const namesVpcLink = (connectionId: string) => !connectionId.includes('${stageVariables.');

/**
 * For an integration that is to use this link: keeps it from being removed before the transaction ends. Lock order: after the API.
 * An id that comes from a stage variable is not looked at.
 * Throws `NotFoundException` when there is no such link.
 */
export async function requireVpcLink({ manager, scope }: AdminTransaction, connectionId: string): Promise<void> {
  if (!namesVpcLink(connectionId)) return;
  const link = await manager.findOne(VpcLinkEntity, {
    where: { ...scope, vpcLinkId: connectionId },
    select: { vpcLinkId: true },
    lock: { mode: 'pessimistic_read' },
  });
  if (!link) throw unknownVpcLink();
}
