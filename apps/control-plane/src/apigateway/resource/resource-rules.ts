import { badRequest, conflict, notFound } from '@gatehouse/aws-wire';
import { isGreedy, isVariable } from './path-part.js';
import type { ResourceTree } from './resource-tree.js';
import type { ResourceEntity } from './resource.entity.js';

export const unknownResource = () => notFound('Invalid Resource identifier specified');

/**
 * Checks that a resource, new or moved or renamed, may stand in the tree. `tree` is the one before the change.
 * Throws `NotFoundException` without its parent, `ConflictException` for a name that a sibling has, else `BadRequestException`.
 */
export function checkPlace(tree: ResourceTree, resource: ResourceEntity): void {
  const { parentId, pathPart } = resource;
  const parent = tree.find(parentId ?? '');
  if (!parent) throw unknownResource();
  if (tree.isWithin(parent, resource)) throw badRequest('Resources cannot be cyclical.');
  if (isGreedy(parent.pathPart)) throw greedyParent(parent.pathPart);
  if (isGreedy(pathPart) && tree.hasChildren(resource.resourceId)) throw greedyParent(pathPart);

  const isOther = ({ resourceId }: ResourceEntity) => resourceId !== resource.resourceId;
  const namesake = tree.child(parent.resourceId, pathPart);
  if (namesake && isOther(namesake)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  const variable = isVariable(pathPart) && tree.variables(parent.resourceId).find(isOther);
  if (variable) {
    throw badRequest(`A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`);
  }
}

const greedyParent = (part: string | null) =>
  badRequest(`Cannot create a child of a resource with a greedy path variable: ${part}`);
