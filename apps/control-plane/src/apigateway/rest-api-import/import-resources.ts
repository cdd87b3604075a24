import type { DefinedResource } from '@gatehouse/api-model';
import { Any } from 'typeorm';
import { FreeIds } from '../../database/free-ids.js';
import { checkPathPart } from '../resource/path-part.js';
import { checkQuota } from '../../quotas/quotas.js';
import { checkPlace } from '../resource/resource-rules.js';
import { ResourceTree } from '../resource/resource-tree.js';
import { ResourceEntity } from '../resource/resource.entity.js';
import { keyOf, type Import } from './import.js';
import { insertRows } from './write-rows.js';

/** The resources of an API once a document was imported, and those of its paths, by `treePath`. */
export interface ImportedResources {
  tree: ResourceTree;
  byPath: ReadonlyMap<string, ResourceEntity>;
}

/**
 * Makes the resources of the document and those between them and the root; a path that the API has keeps its resource. Overwriting removes
 * the others. Throws `LimitExceededException` before it has made more than there may be.
 */
export async function importResources(work: Import): Promise<ImportedResources> {
  const { transaction, api, definition, findings, mode } = work;
  const { manager } = transaction;
  const rows = await manager.findBy(ResourceEntity, keyOf(work));
  const before = new ResourceTree(rows);
  const ids = new FreeIds(rows.map(({ resourceId }) => resourceId));
  const tree = new ResourceTree(mode === 'merge' ? rows : [before.find(api.rootResourceId)!]);
  /** With what the document has at its path, or first has below it. */
  const added = new Map<ResourceEntity, DefinedResource>();
  const byPath = new Map<string, ResourceEntity>();
  for (const defined of definition.resources) {
    let resource = tree.find(api.rootResourceId)!;
    for (const pathPart of partsOf(defined.path)) {
      const parent = resource;
      const known = tree.child(parent.resourceId, pathPart);
      resource = known ?? before.child(parent.resourceId, pathPart) ?? newResource(work, ids.draw(), parent, pathPart);
      if (known) continue;
      tree.add(resource);
      if (before.find(resource.resourceId)) continue;
      added.set(resource, defined);
      checkQuota('resources', transaction.limits, tree.size);
    }
    byPath.set(treePath(defined.path), resource);
  }
  if (added.size > 0) checkQuota('resources', transaction.limits, tree.size);

  for (const [resource, defined] of added) {
    findings.check(`Unable to create resource at path '${tree.path(resource)}'`, defined, () => {
      checkPathPart(resource.pathPart ?? undefined);
      checkPlace(tree, resource);
    });
  }

  const gone = rows.filter(({ resourceId }) => !tree.find(resourceId)).map(({ resourceId }) => resourceId);
  await manager.delete(ResourceEntity, { ...keyOf(work), resourceId: Any(gone) });
  await insertRows(manager, ResourceEntity, [...added.keys()]);
  return { tree, byPath };
}

/** The path of a resource as its tree knows it: `/a/` -> `/a`. */
export const treePath = (path: string) => `/${partsOf(path).join('/')}`;

const partsOf = (path: string) => path.split('/').filter((part) => part !== '');

function newResource(work: Import, resourceId: string, parent: ResourceEntity, pathPart: string): ResourceEntity {
  return Object.assign(new ResourceEntity(), {
    ...keyOf(work),
    resourceId,
    parentId: parent.resourceId,
    pathPart,
  } satisfies ResourceEntity);
}
