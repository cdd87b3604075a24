import { badRequest } from '@gatehouse/aws-wire';
import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { checkPathPart } from './path-part.js';
import { unknownResource } from './resource-rules.js';
import type { ResourceEntity } from './resource.entity.js';

/** What may be patched in a resource; whether it may stand where it then does is checked after all operations. */
export const resourcePatch: PatchTable<ResourceEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/parentId', replace: (resource, value) => (notRoot(resource, 'parentId').parentId = known(value)) },
    { path: '/pathPart', replace: (resource, value) => (notRoot(resource, 'pathPart').pathPart = checkPathPart(value)) },
  ],
};

function notRoot(resource: ResourceEntity, member: string): ResourceEntity {
  if (resource.parentId === null) throw badRequest(`Root resource cannot update its ${member}.`);
  return resource;
}

function known(value: string | undefined): string {
  if (value === undefined) throw unknownResource();
  return value;
}
