import { RefusedDocument, dataPlaneKey, parseRef, readDocument, type DataPlaneKey } from '@gatehouse/snapshot';
import { once } from 'node:events';
import { ConfigurationFollower, type FollowerOptions } from './configuration-follower.js';
import type { WholeConfiguration } from './disk-copy.js';
import type { DocumentBatch, DocumentSink } from './document-sink.js';
import { DOCUMENT, nameIn } from './read-document.js';

export const key = dataPlaneKey(Buffer.alloc(32, 1));
export const otherKey = dataPlaneKey(Buffer.alloc(32, 2));
export { apiKey, deployment, scope, stage, tombstone } from '@gatehouse/testing';

async function textsOf(whole: WholeConfiguration): Promise<string[]> {
  let lines = '';
  for await (const some of whole.lines()) lines += some.toString();
  await whole.release();
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(DOCUMENT.length));
}

/** The documents of a whole configuration, deployments included: name -> revision. */
export async function contentOf(whole: WholeConfiguration): Promise<Record<string, number>> {
  const texts = await textsOf(whole);
  return Object.fromEntries(
    texts.map((text) => [nameIn(text), readDocument([key], parseRef(nameIn(text)), text).revision] as const),
  );
}

/** Serves nothing and remembers what it was given. */
export class RecordingSink implements DocumentSink {
  /** What is served: document name -> revision. */
  readonly served = new Map<string, number>();
  readonly batches: DocumentBatch[] = [];
  /** Names that it cannot build. */
  readonly unbuildable = new Set<string>();
  /** Deployments that it was given. */
  readonly deployments = new Set<string>();
  /** When set, batches are only applied after it has resolved. */
  hold: Promise<void> | null = null;

  /** Takes a whole configuration as a worker does that joins. */
  async join(whole: WholeConfiguration): Promise<void> {
    const texts = await textsOf(whole);
    const named = texts.map((text) => ({ name: nameIn(text), text }));
    const isDeployment = ({ name }: { name: string }) => name.startsWith('deployment ');
    const documents = named.filter((document) => !isDeployment(document));
    const deployments = new Map(named.filter(isDeployment).map(({ name, text }) => [name, text]));
    if (documents.length > 0) await this.apply({ documents, deployments, revision: 0 });
  }

  async apply(batch: DocumentBatch): Promise<RefusedDocument[]> {
    await this.hold;
    this.batches.push(batch);
    for (const name of batch.deployments.keys()) this.deployments.add(name);
    const refused: RefusedDocument[] = [];
    for (const { name, text } of batch.documents) {
      const { revision, body } = JSON.parse(text) as { revision: number; body: string | null };
      if (this.unbuildable.has(name)) refused.push(new RefusedDocument(name, 'cannot be built'));
      else if (body === null) this.served.delete(name);
      else {
        const { deploymentHash } = JSON.parse(body) as { deploymentHash?: string };
        if (deploymentHash && ![...this.deployments].some((deployment) => deployment.endsWith(deploymentHash)))
          throw new Error(`${name} came alone`);
        this.served.set(name, revision);
      }
    }
    return refused;
  }
}

export interface Gateway {
  follower: ConfigurationFollower;
  sink: RecordingSink;
  /** Loads, has the sink join as a worker does, and starts. */
  start(): Promise<void>;
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
  const follower = new ConfigurationFollower({ keys, sink, gatewayId: 'gateway-0', addresses, workers: () => [], ...options });
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
  const start = async () => {
    await follower.load();
    await new Promise<void>((resolve) => follower.join((whole) => void sink.join(whole).then(resolve)));
    await follower.start();
  };
  return { follower, sink, start, until };
}
