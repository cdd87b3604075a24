import type { OperationView } from '../operation/operation-view.js';
import { parameterNames } from '../path/resource-path.js';
import type { Warnings } from '../warnings.js';

const LOCATIONS: ReadonlyMap<string, string> = new Map([
  ['header', 'header'],
  ['query', 'querystring'],
  ['path', 'path'],
]);

/**
 * The method request parameters of an operation on a resource, and whether they are required: those that it declares, and each parameter of
 * the resource's path but a greedy one (recorded import). `resourcePath` has the base path before it.
 */
export function requestParameters(operation: OperationView, resourcePath: string, warnings: Warnings): Record<string, boolean> {
  const parameters = new Map<string, boolean>();
  for (const { name, in: location, required, node } of operation.parameters) {
    const place = LOCATIONS.get(location);
    if (place) parameters.set(`method.request.${place}.${name}`, place === 'path' || required);
    else {
      warnings.add(
        `Unsupported parameter location '${location}' of '${name}' for method '${operation.httpMethod}' on resource '${operation.path}'. Ignoring.`,
        node,
      );
    }
  }
  for (const name of parameterNames(resourcePath)) parameters.set(`method.request.path.${name}`, true);
  return Object.fromEntries(parameters);
}
