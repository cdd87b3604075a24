/** An answer as it is kept: after the integration response, before what every answer of its own gets. */
export interface CachedAnswer {
  readonly status: number;
  /** Name, value, name, value ... */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Bytes of the largest body that is kept. Source: AWS, "Enabling API caching to enhance responsiveness" (1,048,576 bytes). */
export const MOST_CACHED_BYTES = 1_048_576;

/** Answers by the digests of their keys, for as long as they may be given again. */
export interface ResponseCache {
  /** What is kept under a key; undefined for nothing. Late only where others have to be asked, and never for long. */
  find(key: string): CachedAnswer | undefined | Promise<CachedAnswer | undefined>;
  /** Keeps an answer in place of what is there. Returns at once; whether there is room for it is the cache's own affair. */
  keep(key: string, answer: CachedAnswer, ttlInSeconds: number): void;
}
