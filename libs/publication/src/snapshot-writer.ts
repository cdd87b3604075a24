import { refName, writeDocument, type AnyDocument, type DataPlaneKey, type Document } from '@gatehouse/snapshot';
import type { Redis } from 'ioredis';
import { deploymentNamesOf } from './deployments-of.js';
import { REDIS_KEYS } from './redis-keys.js';
import { beginEpochScript, completeEpochScript } from './scripts/epoch.js';
import { publishScript } from './scripts/publish.js';
import { removeUnreferencedScript } from './scripts/remove-unreferenced.js';
import { storeDeploymentsScript } from './scripts/store-deployments.js';

/** What Redis says of itself; null where it holds nothing. */
export interface EpochState {
  epoch: string | null;
  complete: string | null;
  /** Where the change log stands. */
  sequence: number;
  /** Highest revision that was ever published to this Redis. */
  maxRevision: number;
}

/** Redis is in another epoch than the caller thought (null: in none); nothing was changed. */
export interface OtherEpoch {
  outcome: 'other-epoch';
  epoch: string | null;
}

export type PublishOutcome =
  /** Every document is there in its revision or a higher one; a gateway that followed `epoch` up to `sequence` has them. */
  | { outcome: 'published'; sequence: number }
  /** Deployments that have to be stored first, by name; nothing was changed. */
  | { outcome: 'missing-deployments'; names: string[] }
  | OtherEpoch;

/** The control plane's side of Redis: signs documents and stores them. Every method rejects when Redis is away. */
export class SnapshotWriter {
  constructor(
    private readonly redis: Redis,
    private readonly key: DataPlaneKey,
  ) {}

  /**
   * Stores documents (tombstones have a null body), all or none, each only if its revision is higher than the one that is there. Documents of one
   * publication belong into one call, so that gateways see them together. Deployments go through `storeDeployments`.
   */
  async publish(epoch: string, documents: readonly AnyDocument[]): Promise<PublishOutcome> {
    const values = documents.flatMap((document) => [
      refName(document),
      document.revision,
      writeDocument(this.key, document),
      JSON.stringify(deploymentNamesOf(document)),
    ]);
    const [outcome, ...rest] = (await publishScript.run(this.redis, [epoch, ...values])) as [string, ...string[]];
    switch (outcome) {
      case 'published':
        return { outcome, sequence: Number(rest[0]) };
      case 'missing':
        return { outcome: 'missing-deployments', names: rest };
      default:
        return { outcome: 'other-epoch', epoch: rest[0] || null };
    }
  }

  /** Stores deployments ahead of the stages that name them; one that no stage takes up leaves after the grace period. */
  async storeDeployments(deployments: readonly Document<'deployment'>[]): Promise<void> {
    if (deployments.length === 0) return;
    await storeDeploymentsScript.run(
      this.redis,
      deployments.flatMap((deployment) => [refName(deployment), writeDocument(this.key, deployment)]),
    );
  }

  /** Removes up to `most` deployments that no stage has named for `graceMs`; answers how many went. */
  async removeUnreferenced(graceMs: number, most: number): Promise<number> {
    return (await removeUnreferencedScript.run(this.redis, [graceMs, most])) as number;
  }

  async state(): Promise<EpochState> {
    const { epoch, complete, sequence, maxRevision } = REDIS_KEYS;
    const values = await this.redis.mget(epoch, complete, sequence, maxRevision);
    return {
      epoch: values[0] ?? null,
      complete: values[1] ?? null,
      sequence: Number(values[2] ?? 0),
      maxRevision: Number(values[3] ?? 0),
    };
  }

  /** Replaces the epoch `present` (null: none) by an empty one named `next`. Answers false, having changed nothing, when another was present. */
  async beginEpoch(present: string | null, next: string): Promise<boolean> {
    return (await beginEpochScript.run(this.redis, [present ?? '', next])) === 1;
  }

  /** Marks `epoch` as complete, so that gateways take it up. Answers false when Redis is in another one. */
  async completeEpoch(epoch: string): Promise<boolean> {
    return (await completeEpochScript.run(this.redis, [epoch])) === 1;
  }
}
