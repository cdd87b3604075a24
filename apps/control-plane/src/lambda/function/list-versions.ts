import type { FunctionConfiguration } from '@gatehouse/admin-contract/lambda';
import type { Scope, SealingKey } from '@gatehouse/snapshot';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { pageOf } from '../../paging/page.js';
import { decodeMarker, itemsOfPage } from '../list-pages.js';
import { invalidParameter } from '../refusals.js';
import { FunctionVersionEntity } from './function-version.entity.js';
import { functionInList } from './function.view.js';
import { versionOrder, versionOrderOf } from './versions.js';

interface Wanted {
  only: FindOptionsWhere<FunctionVersionEntity>;
  /** Whether ARNs name the version. */
  qualified: boolean;
  marker: string | undefined;
  maxItems: number | undefined;
}

const ORDER = versionOrderOf('version.version');

/** Versions by the name of their function, then `$LATEST` first, then by number; a page of them. Throws `InvalidParameterValueException` for a marker that no answer gave out. */
export async function listVersions(
  manager: EntityManager,
  scope: Scope,
  atRestKey: SealingKey,
  { only, qualified, marker, maxItems }: Wanted,
): Promise<{ items: FunctionConfiguration[]; marker?: string }> {
  const limit = itemsOfPage(maxItems);
  const after = decodeMarker(marker, ['text', 'text']);
  if (after && !/^\d{1,9}$/.test(after[1]!)) throw invalidParameter('Invalid Marker');
  const query = manager
    .createQueryBuilder(FunctionVersionEntity, 'version')
    .where({ ...only, ...scope })
    .orderBy('version.functionName', 'ASC')
    .addOrderBy(ORDER, 'ASC')
    .limit(limit + 1);
  if (after) query.andWhere(`(version.functionName, ${ORDER}) > (:name, :number)`, { name: after[0], number: Number(after[1]) });
  const page = pageOf(await query.getMany(), limit, ({ functionName, version }) => [functionName, String(versionOrder(version))]);
  return {
    items: page.items.map((version) => functionInList(version, atRestKey, qualified ? version.version : null)),
    marker: page.position,
  };
}
