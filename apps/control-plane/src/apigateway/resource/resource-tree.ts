import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { isVariable } from './path-part.js';
import { ResourceEntity } from './resource.entity.js';

/** The names of siblings differ. */
interface Children {
  byPart: Map<string | null, ResourceEntity>;
  variables: ResourceEntity[];
}

/** The resources of one API, with the paths that follow from who is whose parent. */
export class ResourceTree {
  private readonly byId = new Map<string, ResourceEntity>();
  private readonly byParent = new Map<string | null, Children>();

  constructor(rows: readonly ResourceEntity[]) {
    for (const row of rows) this.add(row);
  }

  get size(): number {
    return this.byId.size;
  }

  /** Adds a resource whose id none of the tree has. */
  add(resource: ResourceEntity): void {
    const { resourceId, parentId, pathPart } = resource;
    this.byId.set(resourceId, resource);
    let children = this.byParent.get(parentId);
    if (!children) this.byParent.set(parentId, (children = { byPart: new Map(), variables: [] }));
    children.byPart.set(pathPart, resource);
    if (isVariable(pathPart)) children.variables.push(resource);
  }

  /** The tree with one resource added, or in place of the one of the same id. */
  with(resource: ResourceEntity): ResourceTree {
    return new ResourceTree([...new Map(this.byId).set(resource.resourceId, resource).values()]);
  }

  find(resourceId: string): ResourceEntity | undefined {
    return this.byId.get(resourceId);
  }

  hasChildren(resourceId: string): boolean {
    return this.byParent.has(resourceId);
  }

  child(resourceId: string, pathPart: string | null): ResourceEntity | undefined {
    return this.byParent.get(resourceId)?.byPart.get(pathPart);
  }

  /** Those of its children that are path variables: a sound tree has one at most. */
  variables(resourceId: string): readonly ResourceEntity[] {
    return this.byParent.get(resourceId)?.variables ?? [];
  }

  /** Absolute path of a resource of this tree: `/` for the root, e.g. `/pets/{petId}`. */
  path(resource: ResourceEntity): string {
    const parts = this.lineage(resource).flatMap(({ pathPart }) => pathPart ?? []);
    return '/' + parts.reverse().join('/');
  }

  /** Whether `resource` is `ancestor` or lies below it. */
  isWithin(resource: ResourceEntity, ancestor: ResourceEntity): boolean {
    return this.lineage(resource).some(({ resourceId }) => resourceId === ancestor.resourceId);
  }

  /** All resources with their paths, sorted by path in the order of code units; the root comes first. */
  sortedByPath(): { resource: ResourceEntity; path: string }[] {
    const resources = [...this.byId.values()].map((resource) => ({ resource, path: this.path(resource) }));
    return resources.sort((a, b) => compare(a.path, b.path));
  }

  /** The resource, its parent, and so on up to the root. */
  private lineage(resource: ResourceEntity): ResourceEntity[] {
    const lineage: ResourceEntity[] = [];
    let next: ResourceEntity | undefined = resource;
    while (next) {
      lineage.push(next);
      next = next.parentId === null ? undefined : this.byId.get(next.parentId);
    }
    return lineage;
  }
}

/** Order of code units, the same on every machine (a locale's is not). */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Reads all resources of an API; the tree is empty when the API does not exist. */
export async function loadResourceTree(manager: EntityManager, scope: Scope, apiId: string): Promise<ResourceTree> {
  return new ResourceTree(await manager.findBy(ResourceEntity, { ...scope, apiId }));
}
