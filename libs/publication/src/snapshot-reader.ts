import type { Redis } from 'ioredis';
import { REDIS_KEYS } from './redis-keys.js';
import { changesScript } from './scripts/changes.js';

/** A document as Redis holds it: unread, unverified. */
export interface ChangedDocument {
  name: string;
  /** Its place in the change log. */
  sequence: number;
  revision: number;
  /** Null when Redis lists the document and does not hold it. */
  text: string | null;
}

/** One step along the change log. */
export interface ChangesPage {
  epoch: string | null;
  /** False while the control plane publishes everything under a new epoch; there are no documents then. */
  complete: boolean;
  /** Where the change log stands. */
  sequence: number;
  /** Digest over all documents at `sequence`. */
  digest: string;
  /** Changes after the asked-for sequence, oldest first; none when `epoch` is not the asked-for one. */
  documents: ChangedDocument[];
}

/** Big values travel in chunks, so that Redis and this process can do other things in between. */
const DEPLOYMENTS_A_CALL = 100;

/** A gateway's side of Redis: follows the change log and fetches deployments. Every method rejects when Redis is away. */
export class SnapshotReader {
  constructor(private readonly redis: Redis) {}

  /**
   * Reads up to `limit` changes after `sequence` of `epoch`, as one step of Redis. When fewer come back, the reader has everything up to the page's
   * `sequence`, and of each publication all documents or none.
   */
  async changesAfter(epoch: string | null, sequence: number, limit: number): Promise<ChangesPage> {
    const answer = (await changesScript.run(this.redis, [epoch ?? '', sequence, limit])) as [
      string,
      number,
      number,
      string,
      (string | null)[],
    ];
    const documents: ChangedDocument[] = [];
    for (let at = 0; at < answer[4].length; at += 4) {
      const [name, place, revision, text] = answer[4].slice(at, at + 4);
      documents.push({ name: name!, sequence: Number(place), revision: Number(revision), text: text ?? null });
    }
    return { epoch: answer[0] || null, complete: answer[1] === 1, sequence: answer[2], digest: answer[3], documents };
  }

  /** Fetches deployment documents by name; those that are not there are left out. */
  async deployments(names: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let at = 0; at < names.length; at += DEPLOYMENTS_A_CALL) {
      const chunk = names.slice(at, at + DEPLOYMENTS_A_CALL);
      const texts = await this.redis.hmget(REDIS_KEYS.deployments, ...chunk);
      for (const [index, name] of chunk.entries()) {
        const text = texts[index];
        if (typeof text === 'string') found.set(name, text);
      }
    }
    return found;
  }
}
