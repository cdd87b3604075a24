import type { ConfigurationBatch, ConfigurationSink } from '@gatehouse/publication';
import { DocumentDigest, deploymentNamesOf } from '@gatehouse/publication';
import { RefusedDocument, refName, writeDocument, type AnyDocument } from '@gatehouse/snapshot';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { apiKey, deployment, key, otherKey, stage, tombstone } from '../refresh/follower.fixture.js';
import type { WholeConfiguration } from '../refresh/disk-copy.js';
import type { DocumentBatch } from '../refresh/document-sink.js';
import { ConfigurationReceiver } from '../worker/configuration-receiver.js';
import { ConfigurationFeed } from './configuration-feed.js';

/** Notes what it is given, as a routing table would build it. */
class Table implements ConfigurationSink {
  readonly served = new Map<string, number>();
  readonly batches: number[] = [];
  unbuildable = new Set<string>();

  apply({ documents, deployments }: ConfigurationBatch): RefusedDocument[] {
    this.batches.push(documents.length);
    return documents.flatMap((document) => {
      const name = refName(document);
      if (this.unbuildable.has(name)) return [new RefusedDocument(name, 'cannot be built')];
      if (document.kind === 'stage' && document.body && !deployments.has(document.body.deploymentHash))
        return [new RefusedDocument(name, 'its deployment is missing')];
      if (document.body === null) this.served.delete(name);
      else this.served.set(name, document.revision);
      return [];
    });
  }
}

/** Both ends of the pipe: what the supervisor writes, and what a worker makes of it. */
function pipe(keys = [key]) {
  const stream = new PassThrough({ highWaterMark: 1024 });
  const feed = new ConfigurationFeed(stream);
  const table = new Table();
  const heard: string[] = [];
  const receiver = new ConfigurationReceiver({
    keys,
    sink: table,
    tell(message) {
      if (message.type === 'applied') feed.applied(message.batch, message.refused);
      else if (message.type === 'damaged') feed.damaged(message.batch, message.reason);
    },
    ready: (ready) => heard.push(ready ? 'ready' : 'not ready'),
    listen: () => heard.push('listen'),
  });
  const received = receiver.receive(stream);
  return { feed, table, heard, stream, received };
}

const line = (document: AnyDocument) => `D ${writeDocument(key, document)}\n`;

function whole(documents: AnyDocument[], digest = digestOf(documents)): WholeConfiguration & { released: boolean } {
  return {
    digest,
    released: false,
    async *lines() {
      for (const document of documents) yield Buffer.from(line(document));
    },
    async release() {
      this.released = true;
    },
  };
}

function digestOf(documents: AnyDocument[]): string {
  const digest = new DocumentDigest();
  for (const document of documents) if (document.kind !== 'deployment') digest.add(refName(document), document.revision);
  return digest.toString();
}

function batch(documents: AnyDocument[], apiIds: string[] = []): DocumentBatch {
  return {
    documents: documents.map((document) => ({ name: refName(document), text: writeDocument(key, document) })),
    deployments: new Map(apiIds.map((apiId) => [refName(deployment(apiId)), writeDocument(key, deployment(apiId))])),
    revision: 1,
  };
}

describe('the pipe of configuration', () => {
  it('carries everything that there is, in slices, with deployments before or after the stages that need them', async () => {
    const { feed, table, heard } = pipe();
    const keys = Array.from({ length: 450 }, (_, n) => apiKey(`k${n}`, n + 10));
    const documents = [stage('a', 1, 'one'), ...keys, tombstone(apiKey('gone', 2), 3), deployment('one')];
    const all = whole(documents);
    expect(await feed.whole(all)).toEqual([]);
    expect(all.released).toBe(true);
    expect(table.served.size).toBe(451);
    expect(table.batches.every((size) => size <= 200)).toBe(true);
    feed.ready(true);
    feed.listen();
    await feed.batch(batch([apiKey('later', 900)]));
    expect(heard).toEqual(['ready', 'listen']);
  });

  it('has each batch swapped in at once, and brings back what was refused', async () => {
    const { feed, table } = pipe();
    await feed.whole(whole([]));
    feed.listen();
    table.unbuildable.add(refName(apiKey('bad', 7)));
    const keys = Array.from({ length: 450 }, (_, n) => apiKey(`k${n}`, n + 10));
    const refused = await feed.batch(batch([...keys, apiKey('bad', 7), stage('a', 1, 'one')], ['one']));
    expect(refused!.map(({ ref, reason }) => `${ref}: ${reason}`)).toEqual([`${refName(apiKey('bad', 7))}: cannot be built`]);
    expect(table.batches.at(-1)).toBe(452);
    expect(table.served.get(refName(stage('a', 1, 'one')))).toBe(1);
    expect(deploymentNamesOf(stage('a', 1, 'one'))).toEqual([refName(deployment('one'))]);
  });

  it('security class: the gateway as a way to its own internals: what was changed, taken away or signed by another is not taken', async () => {
    const documents = [apiKey('a', 1), apiKey('b', 2)];
    await expect(pipe().feed.whole(whole(documents, digestOf([...documents, apiKey('c', 3)])))).rejects.toThrow(
      'documents are missing',
    );
    await expect(pipe([otherKey]).feed.whole(whole(documents))).rejects.toThrow('signed with the unknown key');
    const changed = whole(documents);
    changed.lines = async function* () {
      yield Buffer.from(documents.map(line).join('').replace('"enabled\\":true', '"enabled\\":false'));
    };
    await expect(pipe().feed.whole(changed)).rejects.toThrow('its MAC does not match');
  });

  it('says when what there is cannot be read', async () => {
    const unreadable = whole([]);
    unreadable.lines = () => {
      throw new Error('EIO');
    };
    await expect(pipe().feed.whole(unreadable)).rejects.toThrow('EIO');
    expect(unreadable.released).toBe(true);
  });

  it('reads no more of the disk copy, and lets it go, once nobody reads the pipe', async () => {
    const { feed, stream, received } = pipe();
    const all = whole([apiKey('a', 1)]);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy();
    await closed;
    await received.catch(() => undefined);
    let taken = 0;
    all.lines = async function* () {
      for (; taken < 1000; taken++) yield Buffer.from(line(apiKey('a', 1)));
    };
    const released = new Promise<void>((resolve) => (all.release = async () => resolve()));
    const answered = feed.whole(all);
    await released;
    expect([feed.gone, taken]).toEqual([true, 0]);
    feed.close();
    expect(await answered).toBeNull();
  });

  it('waits for nothing of a worker that has ended', async () => {
    const stream = new PassThrough({ highWaterMark: 16 });
    const feed = new ConfigurationFeed(stream);
    const waiting = feed.batch(batch([apiKey('a', 1)]));
    feed.close();
    expect(await waiting).toBeNull();
    expect(await feed.batch(batch([apiKey('b', 2)]))).toBeNull();
    expect(await feed.whole(whole([apiKey('c', 3)]))).toBeNull();
  });
});
