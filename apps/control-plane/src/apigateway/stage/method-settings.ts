import type { MethodSettingModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { findEntry, setEntry } from '../../patch/patch-values.js';
import type { StageEntity } from './stage.entity.js';

const WILDCARD = '*/*';

/** What AWS writes into an entry when the first of its settings is written. */
const DEFAULTS: MethodSettingModel = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

/** The key of an entry as AWS prints it: the resource path without its first slash, slashes written `~1`; the root resource's is `~1`. */
export function methodSettingKey(resourcePath: string, httpMethod: string): string {
  const path = resourcePath.length > 1 && resourcePath.startsWith('/') ? resourcePath.slice(1) : resourcePath;
  return `${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${httpMethod}`;
}

/**
 * The entry of one method, for writing; it is made where there is none, with AWS's defaults or, if the wildcard has an entry, with a copy
 * of that one's values.
 */
export function methodSettingEntry(stage: StageEntity, key: string): MethodSettingModel {
  const entry = findEntry(stage.methodSettings, key) ?? { ...(findEntry(stage.methodSettings, WILDCARD) ?? DEFAULTS) };
  setEntry(stage.methodSettings, key, entry);
  return entry;
}

/** Removes one entry. Throws AWS's sentence, its trailing blank included, where there is none; `path` is the patch's, as the client wrote it. */
export function removeMethodSetting(stage: StageEntity, key: string, path: string): void {
  if (!Object.hasOwn(stage.methodSettings, key)) throw nothingToRemove(path);
  delete stage.methodSettings[key];
}

/** AWS's answer to the removal of a setting that is not set; it says "method setting" of access-log settings too. */
export function nothingToRemove(path: string) {
  return badRequest(
    `Cannot remove method setting ${path.replace(/^\//, '')} because there is no method setting for this method `,
  );
}
