import type { RestApiModel } from '@gatehouse/api-model';
import type { Scope } from '@gatehouse/snapshot';
import { In, type EntityManager } from 'typeorm';
import { VpcLinkEntity } from './vpc-link.entity.js';

const STAGE_VARIABLE = /\$\{stageVariables\.([^}]*)\}/g;

/** Ids of the VPC links that the methods of a deployment lead through on a stage with these variables. */
export function usedVpcLinks({ resources }: RestApiModel, variables: Record<string, string>): string[] {
  const values = new Map(Object.entries(variables));
  const integrations = resources.flatMap(({ methods }) => methods).flatMap(({ methodIntegration }) => methodIntegration ?? []);
  return integrations.flatMap(({ connectionType, connectionId }) =>
    connectionType === 'VPC_LINK' && connectionId !== undefined
      ? connectionId.replace(STAGE_VARIABLE, (_, name: string) => values.get(name) ?? '')
      : [],
  );
}

/** The ARN of the target of each link that the account has among these, by id. */
export async function readVpcLinkTargets(
  manager: EntityManager,
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const links = await manager.findBy(VpcLinkEntity, { ...scope, vpcLinkId: In([...new Set(ids)]) });
  return new Map(links.flatMap(({ vpcLinkId, targetArns: [target] }) => (target === undefined ? [] : [[vpcLinkId, target]])));
}
