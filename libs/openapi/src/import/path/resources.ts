import type { DefinedResource } from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';
import { methodOf, type MethodContext } from '../method/method.js';
import { operationsOf } from '../operation/operations.js';
import { segmentsOf } from './resource-path.js';

/**
 * The resources of the document's paths, in its order, `basePath` before each. Paths that differ by a slash at the end are one resource.
 * Throws `BadRequestException` when two of them have the same method.
 */
export function resourcesOf(context: MethodContext, basePath: string): DefinedResource[] {
  const resources = new Map<string, DefinedResource>();
  for (const [path, item] of context.root.member('paths')?.entries() ?? []) {
    if (path.startsWith('x-')) continue;
    const segments = segmentsOf(path, (reason) => item.refuse(reason));
    const resourcePath = `${basePath}${segments.map((segment) => `/${segment}`).join('')}` || '/';
    const resource = resources.get(resourcePath) ?? context.places.of({ path: resourcePath, methods: [] }, item);
    resources.set(resourcePath, resource);
    if (item.value !== null) addMethods(resource, path, item, context);
  }
  return [...resources.values()];
}

function addMethods(resource: DefinedResource, path: string, item: DocumentNode, context: MethodContext): void {
  const pathItem = context.references.resolve(item);
  context.described.addResource(resource.path, pathItem);
  for (const operation of operationsOf(path, pathItem, context)) {
    const { httpMethod, node } = operation;
    if (resource.methods.some((method) => method.httpMethod === httpMethod)) {
      throw node.refuse(`the resource ${resource.path} has a ${httpMethod} method already, from a path that ends otherwise`);
    }
    context.described.addMethod(resource.path, operation);
    resource.methods.push(methodOf(operation, resource.path, context));
  }
}
