import { HTTP_METHODS, type HttpMethod } from '@gatehouse/api-model';

/** The methods that one entry of a stage's settings speaks of; `*` stands for all. */
export interface MethodSettingTarget {
  path: string;
  httpMethod: HttpMethod | '*';
}

/**
 * Reads the key of a stage's method setting as AWS prints it: `*` + `/*` for all methods (there is no entry for one verb of all paths), else the resource path without its first slash,
 * slashes written `~1`, and the verb (`pets~1{id}/GET`; the root resource's is `~1/GET`). Undefined when it is neither.
 */
export function readMethodSettingKey(key: string): MethodSettingTarget | undefined {
  const slash = key.indexOf('/');
  const [path, verb] = [key.slice(0, slash), key.slice(slash + 1)];
  const httpMethod = verb === '*' ? '*' : HTTP_METHODS.find((known) => known === verb);
  if (!path || !httpMethod) return undefined;
  if (path === '*') return httpMethod === '*' ? { path, httpMethod } : undefined;
  const plain = path.replaceAll('~1', '/').replaceAll('~0', '~');
  return { path: plain.startsWith('/') ? plain : `/${plain}`, httpMethod };
}
