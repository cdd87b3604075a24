import type { HttpMethod } from '@gatehouse/api-model';
import type { CachingSnapshot } from '@gatehouse/snapshot';
import type { ServedRoute } from '../stage/served-deployment.js';
import type { ServedStage } from '../stage/served-stage.js';

/** The verbs whose answers are kept where a stage keeps those of all methods. Source: AWS, "only GET methods have caching enabled by default". */
const BY_DEFAULT = 'GET';

/** How the answers to one verb of a method are kept on a stage. */
export interface CachingRules extends CachingSnapshot {
  /** The only verb of an ANY method whose answers are kept; null for all that come this way. */
  readonly only: string | null;
}

/**
 * The rules for a method that is asked for by `verb`; null where its answers are not kept. What holds for all methods of the stage holds for GET
 * alone, and so does what was set for ANY: whoever wants another verb's answers kept names it.
 */
export function cachingRules(route: ServedRoute, stage: ServedStage, verb: HttpMethod): CachingRules | null {
  const caching = stage.methodSetting(route, verb)?.caching;
  if (caching === undefined || stage.cacheName === null || stage.services.cache === null) return null;
  if (verb === 'ANY') return { ...caching, only: BY_DEFAULT };
  if (verb !== BY_DEFAULT && !stage.hasSettingOf(route, verb)) return null;
  return { ...caching, only: null };
}
