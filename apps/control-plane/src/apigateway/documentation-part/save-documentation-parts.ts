import type { DocumentationPartModel } from '@gatehouse/api-model';
import { FreeIds } from '../../database/free-ids.js';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { checkQuota } from '../../quotas/quotas.js';
import { DocumentationPartEntity } from './documentation-part.entity.js';

/**
 * Writes imported parts; the lock of their API is held. `overwrite` removes all others, `merge` keeps them; a part whose location is
 * documented already keeps its id and gets the new properties. Gives the ids in the order of the parts, whose locations differ. Throws
 * `LimitExceededException`: before it writes anything when they alone are too many, else once they are there beside the others.
 */
export async function saveDocumentationParts(
  transaction: AdminTransaction,
  apiId: string,
  parts: readonly Omit<DocumentationPartModel, 'id'>[],
  mode: 'merge' | 'overwrite',
): Promise<string[]> {
  const { manager, scope, limits } = transaction;
  checkQuota('documentationParts', limits, parts.length);
  if (mode === 'overwrite') await manager.delete(DocumentationPartEntity, { ...scope, apiId });
  const taken = await manager.find(DocumentationPartEntity, {
    where: { ...scope, apiId },
    select: { documentationPartId: true },
  });
  const ids = new FreeIds(taken.map(({ documentationPartId }) => documentationPartId));
  const rows = await manager.query<{ documentation_part_id: string }[]>(
    `INSERT INTO documentation_parts (account_id, region, api_id, documentation_part_id, location, properties)
     SELECT $1, $2, $3, id, location::jsonb, properties
     FROM unnest($4::text[], $5::text[], $6::text[]) WITH ORDINALITY AS given (id, location, properties, place) ORDER BY place
     ON CONFLICT (account_id, region, api_id, location) DO UPDATE SET properties = excluded.properties
     RETURNING documentation_part_id`,
    [
      scope.accountId,
      scope.region,
      apiId,
      parts.map(() => ids.draw()),
      parts.map(({ location }) => JSON.stringify(location)),
      parts.map(({ properties }) => properties),
    ],
  );
  await transaction.requireRoom('documentationParts', DocumentationPartEntity, { apiId }, 0);
  return rows.map((row) => row.documentation_part_id);
}
