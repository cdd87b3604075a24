import { notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager, FindOptionsSelect } from 'typeorm';
import { DocumentationVersionEntity } from './documentation-version.entity.js';

/** A documentation version without its parts, which may be many. */
export type DocumentationVersionHead = Omit<DocumentationVersionEntity, 'parts'>;

const HEAD = {
  apiId: true,
  version: true,
  description: true,
  createdDate: true,
} satisfies FindOptionsSelect<DocumentationVersionEntity>;

/**
 * Reads one documentation version, without its parts. Throws `NotFoundException` with AWS's sentence when there is none; a stage may only
 * name one that there is.
 */
export async function findDocumentationVersion(
  manager: EntityManager,
  scope: Scope,
  apiId: string,
  version: string,
): Promise<DocumentationVersionHead> {
  const found = await manager.findOne(DocumentationVersionEntity, { where: { ...scope, apiId, version }, select: HEAD });
  if (!found) throw notFound('Invalid Documentation version specified');
  return found;
}
