import type { Resource } from '@gatehouse/admin-contract/apigateway';
import type { MethodEntity } from '../method/method.entity.js';
import { methodView } from '../method/method.view.js';
import { compare } from './resource-tree.js';
import type { ResourceEntity } from './resource.entity.js';

/** A resource as it goes over the wire: its methods are empty objects unless `embedMethods` asks for them, and left out when it has none. */
export function resourceView(resource: ResourceEntity, path: string, methods: MethodEntity[], embedMethods = false): Resource {
  const verbs = methods.toSorted((a, b) => compare(a.httpMethod, b.httpMethod));
  return {
    id: resource.resourceId,
    parentId: resource.parentId ?? undefined,
    pathPart: resource.pathPart ?? undefined,
    path,
    resourceMethods:
      verbs.length > 0
        ? Object.fromEntries(verbs.map((method) => [method.httpMethod, embedMethods ? methodView(method) : {}]))
        : undefined,
  };
}
