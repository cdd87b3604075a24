import type { CachedAnswer, ResponseCache } from '@gatehouse/pipeline';
import type { DataPlaneKey } from '@gatehouse/snapshot';
import { LocalAnswers } from './local-answers.js';
import { openAnswer, sealAnswer } from './sealed-answer.js';
import type { SharedAnswers } from './shared-answers.js';

export interface AnswerTiersOptions {
  /** Bytes of answers in this process. */
  localBytes: number;
  /** Null where processes share nothing. */
  shared: SharedAnswers | null;
  /** The first seals, all open. */
  keys: readonly DataPlaneKey[];
  /** Whether Redis can be asked now. */
  isShared(): boolean;
  /** Told what went wrong with Redis; requests are never failed by it. */
  onError(error: Error): void;
}

/** For so long this process gives an answer without asking Redis again: then what another one has fetched anew shows. */
const FRESH_MS = 1_000;
/** The longest that a request waits for Redis; the backend would take longer as a rule. */
const PATIENCE_MS = 25;
/** Bytes on their way to Redis; what comes beyond is kept by this process alone. */
const MOST_UNDER_WAY = 16 * 1_048_576;

/** Answers in this process, and behind it in Redis for all processes. Where Redis is away each process keeps its own. */
export class AnswerTiers implements ResponseCache {
  private readonly local: LocalAnswers;
  /** Questions to Redis that have no answer yet: who asks the same shares it. */
  private readonly asked = new Map<string, Promise<CachedAnswer | undefined>>();
  private underWay = 0;

  constructor(private readonly options: AnswerTiersOptions) {
    this.local = new LocalAnswers(options.localBytes);
  }

  find(key: string): CachedAnswer | undefined | Promise<CachedAnswer | undefined> {
    const found = this.local.find(key);
    const { shared, isShared } = this.options;
    if (found !== undefined || shared === null || !isShared()) return found;
    const asked = this.asked.get(key) ?? this.ask(key, shared);
    this.asked.set(key, asked);
    return asked;
  }

  keep(key: string, answer: CachedAnswer, ttlInSeconds: number): void {
    const { shared, isShared, keys, onError } = this.options;
    const forMs = ttlInSeconds * 1_000;
    if (shared === null || !isShared()) return this.local.keep(key, answer, forMs);
    this.local.keep(key, answer, Math.min(forMs, FRESH_MS));
    const bytes = answer.body.length;
    if (this.underWay + bytes > MOST_UNDER_WAY) return;
    this.underWay += bytes;
    shared
      .keep(key, sealAnswer(keys[0]!, key, answer, Date.now() + forMs), forMs)
      .catch(onError)
      .finally(() => (this.underWay -= bytes));
  }

  private async ask(key: string, shared: SharedAnswers): Promise<CachedAnswer | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE_MS)));
    try {
      const found = await Promise.race([shared.find(key), late]);
      if (found === undefined) return undefined;
      const answer = openAnswer(this.options.keys, key, found.value);
      // What was fetched anew meanwhile is newer.
      const kept = this.local.find(key);
      if (kept === undefined && answer !== undefined) this.local.keep(key, answer, Math.min(found.leftMs, FRESH_MS));
      return kept ?? answer;
    } catch (error) {
      this.options.onError(error as Error);
      return undefined;
    } finally {
      clearTimeout(timer);
      this.asked.delete(key);
    }
  }
}
