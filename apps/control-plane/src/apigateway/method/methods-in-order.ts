import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { groupBy } from '../resource/group-by.js';
import { compare, loadResourceTree } from '../resource/resource-tree.js';
import { MethodEntity } from './method.entity.js';

/**
 * All methods of an API with their paths, from the last path to the root's: the first of them that refers to something is the one that
 * AWS names when it refuses to delete what is referred to (recorded with a model of methods of `/test` and of the root).
 */
export async function methodsInOrder(
  manager: EntityManager,
  scope: Scope,
  apiId: string,
): Promise<{ method: MethodEntity; path: string }[]> {
  const tree = await loadResourceTree(manager, scope, apiId);
  const methods = groupBy(await manager.findBy(MethodEntity, { ...scope, apiId }), (method) => method.resourceId);
  return tree
    .sortedByPath()
    .toReversed()
    .flatMap(({ resource, path }) => {
      const ofResource = methods.get(resource.resourceId) ?? [];
      return ofResource.toSorted((a, b) => compare(a.httpMethod, b.httpMethod)).map((method) => ({ method, path }));
    });
}
