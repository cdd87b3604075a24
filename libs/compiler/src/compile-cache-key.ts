import type { IntegrationModel, ResourceModel } from '@gatehouse/api-model';
import type { CacheKeyParameter, CacheKeySnapshot } from '@gatehouse/snapshot';
import type { MappingContext } from './compile-mapping.js';

const OF_CLIENT = /^method\.request\.(?:multivalue)?(header|path|querystring)\.(.+)$/;
/** The same in all requests of a stage. */
const CONSTANT = /^'|^stageVariables\./;

/**
 * What tells kept answers of a method apart. A parameter of the integration's request stands for that of the client's from which it is mapped. One that is
 * mapped from what cannot be part of a key is refused: answers would be shared that differ.
 */
export function compileCacheKey(
  { id }: ResourceModel,
  { cacheNamespace, cacheKeyParameters, requestParameters }: IntegrationModel,
  { refusals }: Pick<MappingContext, 'refusals'>,
): { cacheKey?: CacheKeySnapshot } {
  const parameters: CacheKeyParameter[] = [];
  for (const name of [...cacheKeyParameters].sort()) {
    const source = sourceOf(name, requestParameters);
    const [, place, parameter] = OF_CLIENT.exec(source) ?? [];
    if (place && parameter) parameters.push({ in: place as CacheKeyParameter['in'], name: parameter });
    else if (source !== '' && !CONSTANT.test(source)) refusals.add(`cache key parameter ${name}`);
  }
  if (parameters.length === 0 && cacheNamespace === id) return {};
  return { cacheKey: { namespace: cacheNamespace, parameters } };
}

/** Empty where nothing is mapped to it. */
function sourceOf(name: string, requestParameters: Record<string, string>): string {
  if (!name.startsWith('integration.')) return name;
  return Object.hasOwn(requestParameters, name) ? requestParameters[name]! : '';
}
