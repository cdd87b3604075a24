import { DocumentDigest, deploymentNamesOf, type ChangedDocument, type GatewayReport } from '@gatehouse/publication';
import { refName, type AnyDocument, type DeploymentSnapshot, type DocumentKind } from '@gatehouse/snapshot';
import { createHash } from 'node:crypto';

interface Followed {
  /** Of what Redis listed last: refused documents count as followed too, so that the digests agree. */
  revision: number;
  fingerprint: number;
  /** The newest revision of this epoch that was taken in, signed; 0 when there is none: an older one is a replay. */
  taken: number;
  /** False for an orphan: served, and not listed in the present epoch. */
  listed: boolean;
  /** What is served of it: its kind and the names of the deployments it needs; null when that is nothing. */
  serves: { kind: DocumentKind; needs: readonly string[] } | null;
}

const NOTHING_NEEDED: readonly string[] = [];
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
  private readonly inUse = new Map<string, { snapshot: DeploymentSnapshot; stages: number }>();
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

  /** True when this very text of this revision was followed before. */
  knows(changed: ChangedDocument): boolean {
    const known = this.documents.get(changed.name);
    return (
      known !== undefined && known.listed && known.revision === changed.revision && known.fingerprint === fingerprintOf(changed)
    );
  }

  /** Notes what Redis lists, whether or not it can be served. */
  follow(changed: ChangedDocument): void {
    const known = this.documents.get(changed.name);
    if (known?.listed) this.digest.remove(changed.name, known.revision);
    this.orphaned.delete(changed.name);
    this.lostTombstones.delete(changed.name);
    this.digest.add(changed.name, changed.revision);
    this.highest = Math.max(this.highest, changed.revision);
    const { revision } = changed;
    this.documents.set(changed.name, {
      revision,
      fingerprint: fingerprintOf(changed),
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

  /** The deployment of this name, when a served stage needs it. */
  deployment(name: string): DeploymentSnapshot | undefined {
    return this.inUse.get(name)?.snapshot;
  }

  /**
   * Notes that followed documents are served now, with the deployments they need by name. Answers the names of the deployments that nothing
   * needs any more.
   */
  serve(documents: readonly AnyDocument[], deployments: ReadonlyMap<string, DeploymentSnapshot>): string[] {
    const before: string[] = [];
    for (const document of documents) {
      const followed = this.documents.get(refName(document))!;
      followed.taken = document.revision;
      if (followed.serves) {
        before.push(...followed.serves.needs);
        this.counts[COUNTED[followed.serves.kind]]--;
      }
      if (document.body === null) {
        followed.serves = null;
        continue;
      }
      const needs = document.kind === 'stage' ? deploymentNamesOf(document) : NOTHING_NEEDED;
      for (const name of needs) {
        const held = this.inUse.get(name);
        this.inUse.set(name, { snapshot: held?.snapshot ?? deployments.get(name)!, stages: (held?.stages ?? 0) + 1 });
      }
      followed.serves = { kind: document.kind, needs };
      this.counts[COUNTED[document.kind]]++;
    }
    return before.filter((name) => this.release(name));
  }

  private release(name: string): boolean {
    const held = this.inUse.get(name)!;
    if (--held.stages > 0) return false;
    this.inUse.delete(name);
    return true;
  }
}

/** 48 bits of a digest of the text: tells whether a document changed under the same revision, which happens when Postgres was restored. */
function fingerprintOf({ text }: ChangedDocument): number {
  return createHash('sha1')
    .update(text ?? '')
    .digest()
    .readUIntBE(0, 6);
}
