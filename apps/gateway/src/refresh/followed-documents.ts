import { DocumentDigest, type ChangedDocument, type GatewayReport } from '@gatehouse/publication';
import type { DocumentKind } from '@gatehouse/snapshot';
import { createHash } from 'node:crypto';
import type { DocumentHead } from './read-document.js';

interface Followed {
  /** Of what Redis listed last: refused documents count as followed too, so that the digests agree. */
  revision: number;
  fingerprint: number;
  /** The newest revision of this epoch that was taken in, signed; 0 when there is none: an older one is a replay. */
  taken: number;
  /** False for an orphan: served, and not listed in the present epoch. */
  listed: boolean;
  /** What is served of it: its kind and the names of the deployments it needs; null when that is nothing. */
  serves: Served | null;
}

interface Served {
  readonly kind: DocumentKind;
  readonly needs: readonly string[];
}

/** Shared by all documents that need nothing: there may be a million of them. */
const servedAlone = new Map<DocumentKind, Served>();
const COUNTED = {
  deployment: 'deployments',
  stage: 'stages',
  'usage-plan': 'usagePlans',
  'api-key': 'apiKeys',
  certificate: 'certificates',
} satisfies Record<DocumentKind, keyof GatewayReport['counts']>;

/**
 * What a gateway has followed and what it serves of that, by name; and the deployments that its stages need. Knows neither Redis nor the disk.
 */
export class FollowedDocuments {
  private readonly documents = new Map<string, Followed>();
  /** Deployments that served stages need, by the number of these. */
  private readonly inUse = new Map<string, number>();
  private readonly digest = new DocumentDigest();
  private readonly counts = { deployments: 0, stages: 0, usagePlans: 0, apiKeys: 0, certificates: 0 };
  private highest = 0;
  private readonly orphaned = new Set<string>();
  /** Tombstones that are not listed though their epoch goes on: kept, so that what they deleted cannot come back. */
  private readonly lostTombstones = new Set<string>();

  /** Highest revision that was followed. */
  get revision(): number {
    return this.highest;
  }

  /** Comparable to Redis's digest. */
  get digestText(): string {
    return this.digest.toString();
  }

  /** How many documents Redis lists, refused ones and tombstones included. */
  get listedCount(): number {
    return this.documents.size - this.orphaned.size - this.lostTombstones.size;
  }

  get orphanedCount(): number {
    return this.orphaned.size;
  }

  servedCounts(): GatewayReport['counts'] {
    return { ...this.counts, deployments: this.inUse.size };
  }

  /** The newest revision of this epoch that was taken in under this name; 0 when there is none. */
  takenRevision(name: string): number {
    return this.documents.get(name)?.taken ?? 0;
  }

  /** From now on revisions are another epoch's: they do not compare to those that were taken in before. */
  enterEpoch(): void {
    for (const known of this.documents.values()) known.taken = 0;
  }

  /** From now on no document is known by its text: all of them are read again. */
  forgetTexts(): void {
    for (const known of this.documents.values()) known.fingerprint = NO_TEXT;
  }

  /** True when this very text of this revision was followed before. */
  knows({ name, revision, text }: ChangedDocument): boolean {
    const known = this.documents.get(name);
    return known !== undefined && known.listed && known.revision === revision && known.fingerprint === fingerprintOf(text);
  }

  /** Notes what Redis lists, whether or not it can be served. `fingerprint` is that of its text. */
  follow(name: string, revision: number, fingerprint: number): void {
    const known = this.documents.get(name);
    if (known?.listed) this.digest.remove(name, known.revision);
    this.orphaned.delete(name);
    this.lostTombstones.delete(name);
    this.digest.add(name, revision);
    this.highest = Math.max(this.highest, revision);
    this.documents.set(name, {
      revision,
      fingerprint,
      taken: known?.taken ?? 0,
      listed: true,
      serves: known?.serves ?? null,
    });
  }

  /**
   * Every document that is followed and not in `listed` becomes an orphan: it is served on, since absence is never deletion. One that serves
   * nothing is forgotten when its epoch is over; answers the names of these.
   */
  orphanAllBut(listed: ReadonlySet<string>): string[] {
    const dropped: string[] = [];
    for (const [name, known] of this.documents) {
      if (listed.has(name) || (!known.listed && !this.lostTombstones.has(name))) continue;
      if (known.listed) this.digest.remove(name, known.revision);
      if (known.serves === null) {
        if (known.taken > 0) {
          known.listed = false;
          this.lostTombstones.add(name);
          continue;
        }
        this.documents.delete(name);
        this.lostTombstones.delete(name);
        dropped.push(name);
      } else {
        known.listed = false;
        this.orphaned.add(name);
      }
    }
    return dropped;
  }

  /** Names of up to `most` orphans. */
  orphans(most: number): string[] {
    return [...this.orphaned].slice(0, most);
  }

  /** True when a served stage needs the deployment of this name. */
  holds(name: string): boolean {
    return this.inUse.has(name);
  }

  /** Notes that followed documents are served now. Answers the names of the deployments that nothing needs any more. */
  serve(documents: readonly DocumentHead[]): string[] {
    const before: string[] = [];
    for (const document of documents) {
      const followed = this.documents.get(document.name)!;
      followed.taken = document.revision;
      before.push(...this.leave(followed));
      if (document.tombstone) continue;
      for (const name of document.needs) this.inUse.set(name, (this.inUse.get(name) ?? 0) + 1);
      followed.serves = servedAs(document);
      this.counts[COUNTED[document.kind]]++;
    }
    return before.filter((name) => this.release(name));
  }

  /** Notes that a document is followed and not served after all. */
  withdraw(name: string): void {
    const followed = this.documents.get(name);
    if (followed) for (const needed of this.leave(followed)) this.release(needed);
  }

  /** Answers what it needed. */
  private leave(followed: Followed): readonly string[] {
    const { serves } = followed;
    if (serves === null) return [];
    followed.serves = null;
    this.counts[COUNTED[serves.kind]]--;
    return serves.needs;
  }

  private release(name: string): boolean {
    const stages = this.inUse.get(name)! - 1;
    if (stages > 0) this.inUse.set(name, stages);
    else this.inUse.delete(name);
    return stages === 0;
  }
}

function servedAs({ kind, needs }: DocumentHead): Served {
  if (needs.length > 0) return { kind, needs };
  const known = servedAlone.get(kind) ?? { kind, needs };
  servedAlone.set(kind, known);
  return known;
}

/** What no text has. */
const NO_TEXT = -1;

/** 48 bits of a digest of the text: tells whether a document changed under the same revision, which happens when Postgres was restored. */
export function fingerprintOf(text: string | null): number {
  return createHash('sha1')
    .update(text ?? '')
    .digest()
    .readUIntBE(0, 6);
}
