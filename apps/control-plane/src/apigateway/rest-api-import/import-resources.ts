import { Any } from 'typeorm';
import { FreeIds } from '../../database/free-ids.js';
import { checkPathPart } from '../resource/path-part.js';
import { checkPlace } from '../resource/resource-rules.js';
import { loadResourceTree, ResourceTree } from '../resource/resource-tree.js';
import { ResourceEntity } from '../resource/resource.entity.js';
import { keyOf, type Import } from './import.js';
import { insertRows } from './write-rows.js';

/**
 * Makes the resources of the document and those between them and the root; a path that the API has keeps its resource. Overwriting removes
 * the others. Gives the resources by path.
 */
export async function importResources(work: Import): Promise<ReadonlyMap<string, ResourceEntity>> {
  const { transaction, api, definition, findings, mode } = work;
  const { manager } = transaction;
  const before = new Map(
    (await loadResourceTree(manager, keyOf(work), api.apiId)).sortedByPath().map((each) => [each.path, each.resource]),
  );
  const after = new Map<string, ResourceEntity>(mode === 'merge' ? before : [['/', before.get('/')!]]);
  const ids = new FreeIds([...before.values()].map(({ resourceId }) => resourceId));
  const added: ResourceEntity[] = [];
  for (const { path } of definition.resources) {
    for (const { path: place, parent, pathPart } of waypoints(path)) {
      if (after.has(place)) continue;
      const resource = before.get(place) ?? newResource(work, ids.draw(), after.get(parent)!, pathPart);
      if (!before.has(place)) added.push(resource);
      after.set(place, resource);
    }
  }

  const tree = new ResourceTree([...after.values()]);
  for (const resource of added) {
    findings.check(`Unable to create resource at path '${tree.path(resource)}'`, () => {
      checkPathPart(resource.pathPart ?? undefined);
      checkPlace(tree, resource);
    });
  }

  const kept = new Set([...after.values()].map(({ resourceId }) => resourceId));
  const gone = [...before.values()].filter(({ resourceId }) => !kept.has(resourceId));
  await manager.delete(ResourceEntity, { ...keyOf(work), resourceId: Any(gone.map(({ resourceId }) => resourceId)) });
  if (added.length > 0) await transaction.requireRoom('resources', ResourceEntity, { apiId: api.apiId }, added.length);
  await insertRows(manager, ResourceEntity, added);
  return after;
}

/** The path of a resource as its tree knows it: `/a/` -> `/a`. */
export const treePath = (path: string) => `/${partsOf(path).join('/')}`;

const partsOf = (path: string) => path.split('/').filter((part) => part !== '');

/** The resources on the way from the root to a path, the last one included: `/a/b` -> `/a`, `/a/b`. */
function* waypoints(path: string): Generator<{ path: string; parent: string; pathPart: string }> {
  let parent = '/';
  for (const pathPart of partsOf(path)) {
    const place = parent === '/' ? `/${pathPart}` : `${parent}/${pathPart}`;
    yield { path: place, parent, pathPart };
    parent = place;
  }
}

function newResource(work: Import, resourceId: string, parent: ResourceEntity, pathPart: string): ResourceEntity {
  return Object.assign(new ResourceEntity(), {
    ...keyOf(work),
    resourceId,
    parentId: parent.resourceId,
    pathPart,
  } satisfies ResourceEntity);
}
