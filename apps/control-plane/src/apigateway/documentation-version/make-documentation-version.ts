import { badRequest, conflict } from '@gatehouse/aws-wire';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { DocumentationPartEntity } from '../documentation-part/documentation-part.entity.js';
import { DocumentationVersionEntity } from './documentation-version.entity.js';

const LONGEST_VERSION = 64;

/**
 * Makes a version of all documentation parts as they are now; the lock of the API is held.
 * Throws `BadRequestException` for a name that is empty or too long, `ConflictException` for one that is taken.
 */
export async function makeDocumentationVersion(
  { manager, scope }: AdminTransaction,
  apiId: string,
  { version, description }: { version: string; description?: string | undefined },
): Promise<DocumentationVersionEntity> {
  if (!version.trim()) throw badRequest('Documentation version must be non-empty');
  if (version.length > LONGEST_VERSION) throw badRequest(`Documentation version can have at most ${LONGEST_VERSION} characters`);
  if (await manager.existsBy(DocumentationVersionEntity, { ...scope, apiId, version })) {
    throw conflict('Documentation version already exists');
  }
  const parts = await manager.find(DocumentationPartEntity, {
    where: { ...scope, apiId },
    order: { documentationPartId: 'ASC' },
  });
  const made: DocumentationVersionEntity = {
    ...scope,
    apiId,
    version,
    description: description || null,
    createdDate: new Date(),
    parts: parts.map(({ documentationPartId, location, properties }) => ({ id: documentationPartId, location, properties })),
  };
  await manager.insert(DocumentationVersionEntity, made);
  return made;
}
