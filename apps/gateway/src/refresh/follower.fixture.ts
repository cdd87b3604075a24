import type { ConfigurationBatch, ConfigurationSink } from '@gatehouse/publication';
import {
  RefusedDocument,
  canonicalJson,
  contentHash,
  dataPlaneKey,
  refName,
  type AnyDocument,
  type DataPlaneKey,
  type DeploymentSnapshot,
  type Document,
} from '@gatehouse/snapshot';
import { once } from 'node:events';
import { ConfigurationFollower, type FollowerOptions } from './configuration-follower.js';

export const key = dataPlaneKey(Buffer.alloc(32, 1));
export const otherKey = dataPlaneKey(Buffer.alloc(32, 2));
export const scope = { accountId: '123456789012', region: 'us-east-1' };

/** A deployment named by its content; `apiId` makes it one of its own. */
export function deployment(apiId: string): Document<'deployment'> {
  const body: DeploymentSnapshot = {
    protocol: 'REST',
    apiId,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    routes: [],
  };
  return { ...scope, kind: 'deployment', key: contentHash(canonicalJson(body)), revision: 0, body };
}

export function stage(name: string, revision: number, apiId: string): Document<'stage'> {
  const deploymentHash = deployment(apiId).key;
  const body = { apiId: 'api', stageName: name, deploymentId: 'd', deploymentHash, variables: [], methodSettings: [] };
  return { ...scope, kind: 'stage', key: `api/${name}`, revision, body };
}

export function apiKey(id: string, revision: number, enabled = true): Document<'api-key'> {
  return { ...scope, kind: 'api-key', key: id, revision, body: { apiKeyId: id, valueHash: '00', enabled, usagePlanIds: [] } };
}

export const tombstone = <K extends AnyDocument>(document: K, revision: number): K => ({ ...document, revision, body: null });

/** Serves nothing and remembers what it was given. */
export class RecordingSink implements ConfigurationSink {
  /** What is served: document name -> revision. */
  readonly served = new Map<string, number>();
  readonly batches: ConfigurationBatch[] = [];
  /** Names that it cannot build. */
  readonly unbuildable = new Set<string>();

  apply(batch: ConfigurationBatch): RefusedDocument[] {
    this.batches.push(batch);
    const refused: RefusedDocument[] = [];
    for (const document of batch.documents) {
      const name = refName(document);
      if (this.unbuildable.has(name)) refused.push(new RefusedDocument(name, 'cannot be built'));
      else if (document.body === null) this.served.delete(name);
      else {
        if (document.kind === 'stage' && !batch.deployments.has(document.body!.deploymentHash))
          throw new Error(`${name} came alone`);
        this.served.set(name, document.revision);
      }
    }
    return refused;
  }
}

export interface Gateway {
  follower: ConfigurationFollower;
  sink: RecordingSink;
  /** Resolves when `reached` holds, looked at after each batch, refusal, failure and change of source. */
  until(reached: () => boolean): Promise<void>;
}

/** A follower that is not started yet. */
export function gateway(
  options: Partial<FollowerOptions> & Pick<FollowerOptions, 'redisUrl' | 'dataDir'>,
  keys: DataPlaneKey[] = [key],
): Gateway {
  const sink = new RecordingSink();
  const addresses = { gateway: '127.0.0.1:8080', internal: '127.0.0.1:9090' };
  const follower = new ConfigurationFollower({ keys, sink, gatewayId: 'gateway-0', addresses, ...options });
  const until = async (reached: () => boolean) => {
    const signal = AbortSignal.timeout(20_000);
    while (!reached()) {
      const over = new AbortController();
      const either = AbortSignal.any([signal, over.signal]);
      try {
        await Promise.race(
          (['applied', 'refused', 'failed', 'ready'] as const).map((event) => once(follower, event, { signal: either })),
        );
      } finally {
        over.abort();
      }
    }
  };
  return { follower, sink, until };
}
