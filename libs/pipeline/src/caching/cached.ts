import { AUTHORIZATION } from '../http/header-info.js';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { mayInvalidateCache } from '../method-request/resource-policy.js';
import { ANSWERED, type AnswerDraft, type AnswerStep, type RequestStep, type StepFactory } from '../rest-pipeline.js';
import { compileCacheKey } from './cache-key.js';
import { cachingRules, type CachingRules } from './caching-rules.js';
import { KeptBody } from './kept-body.js';
import { MOST_CACHED_BYTES, type CachedAnswer, type ResponseCache } from './response-cache.js';
import { isStorable, listed } from './storable.js';

/** A use of the cache by one request. */
export interface CacheUse {
  readonly key: string;
  /** An answer was found; null until that is known. */
  isHit: boolean | null;
  /** The answer says that it could not be fetched anew. */
  warns: boolean;
  /** The answer may be kept. */
  keeps: boolean;
}

/** Source: RFC 7234, 5.5.6; AWS adds a warning without saying how it reads. */
const WARNING = ['Warning', '199 - "Not authorized to invalidate the cache"'] as const;

/** Answers from the cache what is there, and has everything else kept: a request to a method that the stage keeps answers of. */
export const cached: StepFactory = (route, stage, verb) => {
  const rules = cachingRules(route, stage, verb);
  if (rules === null) return null;
  const { cache } = stage.services;
  const { namespace, parameters } = route.cacheKey;
  const keyOf = compileCacheKey([stage.cacheName as string, namespace], route);
  const keyNamesAuthorization = parameters.some(
    ({ in: place, name }) => place === 'header' && name.toLowerCase() === 'authorization',
  );
  return (exchange) => {
    if (rules.only !== null && exchange.httpMethod !== rules.only) return undefined;
    // What a backend answers to one who logged in there is not for others.
    const isPersonal = exchange.caller === null && exchange.authorizer === null && !keyNamesAuthorization;
    if (isPersonal && exchange.headers.first(AUTHORIZATION) !== undefined) return undefined;
    // Nor is what is answered to a part of a question, to one with a condition, or to one with a body, of which the key has nothing.
    if (asksForLess(exchange) || exchange.request.body.length !== 0) return undefined;
    const use: CacheUse = { key: keyOf(exchange), isHit: null, warns: false, keeps: true };
    exchange.cacheUse = use;
    if (asksForFresh(exchange)) {
      const refusal = invalidate(rules, use, () => mayInvalidateCache(exchange, stage));
      if (refusal !== null) return refusal === 'fetched-anew' ? undefined : refusal;
    }
    return lookUp(cache as ResponseCache, exchange, use);
  };
};

/** `Cache-Control: max-age=0`: who may, has the answer fetched anew; null where the answer comes from the cache all the same. */
function invalidate(rules: CachingRules, use: CacheUse, isAllowed: () => boolean): GatewayError | 'fetched-anew' | null {
  if (!rules.authorizesInvalidation || isAllowed()) return 'fetched-anew';
  if (rules.unauthorizedInvalidation === 'FAIL_WITH_403') return ERRORS.invalidationRefused;
  use.warns = rules.unauthorizedInvalidation === 'SUCCEED_WITH_RESPONSE_HEADER';
  return null;
}

function lookUp(cache: ResponseCache, exchange: Exchange, use: CacheUse): ReturnType<RequestStep> {
  const found = cache.find(use.key);
  if (!(found instanceof Promise)) return answerWith(exchange, use, found);
  return found.then((late) => answerWith(exchange, use, late));
}

function answerWith(exchange: Exchange, use: CacheUse, found: CachedAnswer | undefined): typeof ANSWERED | undefined {
  use.isHit = found !== undefined;
  if (found === undefined) return undefined;
  const { status, headers, body } = found;
  exchange.finish({ status, headers: use.warns ? [...headers, ...WARNING] : [...headers], body, length: body.length });
  return ANSWERED;
}

function asksForFresh({ headers }: Exchange): boolean {
  return valuesOf(headers, 'cache-control').some((value) => listed(value).includes('max-age=0'));
}

/** A range is a part of an answer, and a condition may be what it fails of: neither must be taken for what others ask for. */
const ASKING_FOR_LESS = new Set(['range', 'if-match', 'if-unmodified-since', 'if-range', 'expect']);

function asksForLess({ headers }: Exchange): boolean {
  return headers.infos.some(({ lower }) => ASKING_FOR_LESS.has(lower));
}

function valuesOf({ raw, infos }: Exchange['headers'], lower: string): string[] {
  return infos.flatMap((info, at) => (info.lower === lower ? [raw[2 * at + 1] as string] : []));
}

/** Gives up keeping an answer of which the backend says that it must not be kept: the integration response may take away what says so. */
export const noteStorable: AnswerStep = (exchange, draft) => {
  if (exchange.cacheUse !== null && !isStorable(draft)) exchange.cacheUse.keeps = false;
  return undefined;
};

/** Keeps the answer of a request that has used the cache, as it goes to the client. */
export function keep(ttlInSeconds: number, cache: ResponseCache): AnswerStep {
  return (exchange, draft) => {
    const use = exchange.cacheUse;
    if (use === null) return undefined;
    if (use.keeps && isStorable(draft)) keepAnswer(use.key, draft, ttlInSeconds, cache);
    if (use.warns) draft.headers = [...draft.headers, ...WARNING];
    return undefined;
  };
}

function keepAnswer(key: string, draft: AnswerDraft, ttlInSeconds: number, cache: ResponseCache): void {
  const { status, body, length } = draft;
  const headers = withoutTrace(draft.headers);
  const store = (whole: Buffer) => {
    if (whole.length <= MOST_CACHED_BYTES) cache.keep(key, { status, headers, body: whole }, ttlInSeconds);
  };
  if (body === null || Buffer.isBuffer(body)) store(body ?? Buffer.alloc(0));
  else if (length === null || length <= MOST_CACHED_BYTES) draft.body = new KeptBody(body, store);
}

/** The trace is that of the request which was answered first. */
function withoutTrace(headers: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.toLowerCase() !== 'x-amzn-trace-id') kept.push(name, headers[i + 1] as string);
  }
  return kept;
}
