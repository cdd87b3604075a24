import type { DocumentKind } from '@gatehouse/snapshot';
import { hash } from 'node:crypto';
import { DocumentDigest } from '../document-digest.js';
import type { ChangedDocument } from '../snapshot-reader.js';
import { Column, FOLLOWED, NameTable } from './name-table.js';

/** What is known of a document once it was read: all but its content. */
export interface DocumentHead {
  readonly name: string;
  readonly kind: DocumentKind;
  /** 0 for deployments. */
  readonly revision: number;
  /** It deletes what its name stood for. */
  readonly tombstone: boolean;
  /** Names of the deployments that must be there before it may be served. */
  readonly needs: readonly string[];
}

/** How many documents of each kind are served. */
export type ServedCounts = Readonly<Record<DocumentKind, number>>;

const NOTHING_SERVED: ServedCounts = {
  deployment: 0,
  stage: 0,
  'usage-plan': 0,
  'api-key': 0,
  certificate: 0,
  domain: 0,
  function: 0,
  account: 0,
  principal: 0,
};

const KINDS = Object.keys(NOTHING_SERVED) as DocumentKind[];
/** Of a document that serves nothing: refused, or a tombstone. */
const SERVES_NOTHING = 0;
const servesAs = (kind: DocumentKind) => KINDS.indexOf(kind) + 1;

/** How a document stands to what Redis lists. */
const LISTED = 1;
/** Served, and not listed in the present epoch. */
const ORPHANED = 2;
/** A tombstone that is not listed though its epoch goes on: kept, so that what it deleted cannot come back. */
const LOST = 3;

/**
 * What a process has followed and what it serves of that, by name; and the deployments that its stages need. Knows neither Redis nor the disk, and
 * nothing of the documents' content.
 */
export class FollowedDocuments {
  /** Of what Redis listed last: refused documents count as followed too, so that the digests agree. */
  private readonly revisions = Column.floats();
  private readonly fingerprints = Column.floats();
  /** The newest revision of this epoch that was taken in, signed; 0 when there is none: an older one is a replay. */
  private readonly taken = Column.floats();
  private readonly standing = Column.bytes();
  /** The kind that it serves as, or SERVES_NOTHING. */
  private readonly serving = Column.bytes();
  /** The deployments that a served document needs, by slot; of those only that need some. */
  private readonly needs = new Map<number, readonly string[]>();
  /** Deployments that served stages need, by the number of these. */
  private readonly inUse = new Map<string, number>();
  private digest = new DocumentDigest();
  private counts: Record<DocumentKind, number> = { ...NOTHING_SERVED };
  private highest = 0;
  private readonly orphaned = new Set<string>();
  private listed = 0;

  constructor(private readonly names = new NameTable()) {}

  /** Forgets everything. */
  forget(): void {
    for (const [name] of this.names.heldBy(FOLLOWED)) this.names.release(name, FOLLOWED);
    this.needs.clear();
    this.inUse.clear();
    this.orphaned.clear();
    this.digest = new DocumentDigest();
    this.counts = { ...NOTHING_SERVED };
    this.highest = 0;
    this.listed = 0;
  }

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
    return this.listed;
  }

  get orphanedCount(): number {
    return this.orphaned.size;
  }

  servedCounts(): ServedCounts {
    return { ...this.counts, deployment: this.inUse.size };
  }

  /** The newest revision of this epoch that was taken in under this name; 0 when there is none. */
  takenRevision(name: string): number {
    const slot = this.names.find(name, FOLLOWED);
    return slot < 0 ? 0 : this.taken.get(slot);
  }

  /** From now on revisions are another epoch's: they do not compare to those that were taken in before. */
  enterEpoch(): void {
    this.taken.clear();
  }

  /** True when this very text of this revision was followed before. */
  knows({ name, revision, text }: Pick<ChangedDocument, 'name' | 'revision' | 'text'>): boolean {
    const slot = this.names.find(name, FOLLOWED);
    return (
      slot >= 0 &&
      this.standing.get(slot) === LISTED &&
      this.revisions.get(slot) === revision &&
      this.fingerprints.get(slot) === fingerprintOf(text)
    );
  }

  /** Notes what Redis lists, whether or not it can be served. `fingerprint` is that of its text. */
  follow(name: string, revision: number, fingerprint: number): void {
    const isKnown = this.names.find(name, FOLLOWED) >= 0;
    const slot = this.names.hold(name, FOLLOWED);
    if (!isKnown) this.reset(slot);
    if (this.standing.get(slot) === LISTED) this.digest.remove(name, this.revisions.get(slot));
    else this.listed++;
    this.orphaned.delete(name);
    this.digest.add(name, revision);
    this.highest = Math.max(this.highest, revision);
    this.revisions.set(slot, revision);
    this.fingerprints.set(slot, fingerprint);
    this.standing.set(slot, LISTED);
  }

  private reset(slot: number): void {
    this.taken.set(slot, 0);
    this.standing.set(slot, 0);
    this.serving.set(slot, SERVES_NOTHING);
  }

  /**
   * Every document that is followed and not in `listed` becomes an orphan: it is served on, since absence is never deletion. One that serves
   * nothing is forgotten when its epoch is over; answers the names of these.
   */
  orphanAllBut(listed: ReadonlySet<string>): string[] {
    const dropped: string[] = [];
    for (const [name, slot] of this.names.heldBy(FOLLOWED)) {
      const standing = this.standing.get(slot);
      if (listed.has(name) || standing === ORPHANED) continue;
      if (standing === LISTED) {
        this.digest.remove(name, this.revisions.get(slot));
        this.listed--;
      }
      if (this.serving.get(slot) !== SERVES_NOTHING) {
        this.standing.set(slot, ORPHANED);
        this.orphaned.add(name);
      } else if (this.taken.get(slot) > 0) {
        this.standing.set(slot, LOST);
      } else {
        this.names.release(name, FOLLOWED);
        dropped.push(name);
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
    for (const { name, kind, revision, tombstone, needs } of documents) {
      const slot = this.names.find(name, FOLLOWED);
      this.taken.set(slot, revision);
      before.push(...this.leave(slot));
      if (tombstone) continue;
      for (const needed of needs) this.inUse.set(needed, (this.inUse.get(needed) ?? 0) + 1);
      if (needs.length > 0) this.needs.set(slot, needs);
      this.serving.set(slot, servesAs(kind));
      this.counts[kind]++;
    }
    return before.filter((name) => this.release(name));
  }

  /** Notes that a document is followed and not served after all. */
  withdraw(name: string): void {
    const slot = this.names.find(name, FOLLOWED);
    if (slot >= 0) for (const needed of this.leave(slot)) this.release(needed);
  }

  /** Answers what it needed. */
  private leave(slot: number): readonly string[] {
    const serving = this.serving.get(slot);
    if (serving === SERVES_NOTHING) return NOTHING;
    this.serving.set(slot, SERVES_NOTHING);
    this.counts[KINDS[serving - 1] as DocumentKind]--;
    const needs = this.needs.get(slot) ?? NOTHING;
    this.needs.delete(slot);
    return needs;
  }

  private release(name: string): boolean {
    const stages = this.inUse.get(name)! - 1;
    if (stages > 0) this.inUse.set(name, stages);
    else this.inUse.delete(name);
    return stages === 0;
  }
}

const NOTHING: readonly string[] = [];

/** 48 bits of a digest of the text: tells whether a document changed under the same revision, which happens when Postgres was restored. */
export function fingerprintOf(text: string | null): number {
  return Number.parseInt(hash('sha1', text ?? '', 'hex').slice(0, 12), 16);
}
