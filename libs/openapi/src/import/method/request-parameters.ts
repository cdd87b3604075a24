import { OWN } from '../../own-extensions.js';
import type { OperationView, ParameterView } from '../operation/operation-view.js';
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
  const undeclared = new Set<string>();
  for (const { name, in: location, required, node } of operation.parameters) {
    const place = LOCATIONS.get(location);
    if (node.member(OWN.undeclared)?.flag()) undeclared.add(name);
    else if (place)
      parameters.set(keyOf(place, { name, node }), node.member(OWN.required)?.flag() ?? (place === 'path' || required));
    else {
      warnings.add(
        `Unsupported parameter location '${location}' of '${name}' for method '${operation.httpMethod}' on resource '${operation.path}'. Ignoring.`,
        node,
      );
    }
  }
  for (const name of parameterNames(resourcePath)) {
    const key = `method.request.path.${name}`;
    if (!undeclared.has(name) && !parameters.has(key)) parameters.set(key, true);
  }
  return Object.fromEntries(parameters);
}

/** A list of values is a single value to AWS, unless the document says more. */
const keyOf = (place: string, { name, node }: Pick<ParameterView, 'name' | 'node'>) =>
  `method.request.${node.member(OWN.multivalue)?.flag() ? 'multivalue' : ''}${place}.${name}`;
