import { freshRedis } from '@gatehouse/testing';
import { expect, it } from 'vitest';
import { RefusedByRedis, connectRedis, firstContact } from './connect-redis.js';
import { PublicationBellListener, PublicationProducer, PublicationWorker } from './publication-queue.js';

const changed = { kind: 'stage', accountId: '1', region: 'r', key: 'a/b' } as const;

it('tells a Redis that is there from one that is away and from one that refuses the password', async () => {
  const service = await freshRedis();
  const wrong = new URL(service.url);
  wrong.password = 'wrong';
  const none = new URL(service.url);
  none.password = '';
  const clients = [service.url, 'redis://127.0.0.1:1', wrong.href, none.href].map(connectRedis);
  const [there, away, refused, open] = await Promise.allSettled(clients.map((client) => firstContact(client, 5000)));
  expect(there).toEqual({ status: 'fulfilled', value: true });
  expect(away).toEqual({ status: 'fulfilled', value: false });
  expect(refused).toMatchObject({ reason: expect.any(RefusedByRedis) });
  expect(open).toMatchObject({ reason: expect.any(RefusedByRedis) });
  for (const client of clients) client.disconnect();
  await service.stop();
});

it('fails at once instead of waiting for a Redis that is away', async () => {
  const redis = connectRedis('redis://127.0.0.1:1');
  await expect(redis.get('x')).rejects.toThrow();
  await expect(new PublicationProducer(redis).add([changed])).rejects.toThrow('Redis is away');
  redis.disconnect();
});

it('ends a worker and a listener that never reached Redis', async () => {
  const url = 'redis://127.0.0.1:1';
  const ignore = () => {};
  const loops = [new PublicationWorker(url, 1, async () => {}, ignore), new PublicationBellListener(url, ignore, ignore)];
  await Promise.all(loops.map((loop) => loop.close()));
});

it('works and rings on after FLUSHALL and after a crash of Redis, and takes the same job again', async () => {
  const service = await freshRedis();
  const redis = connectRedis(service.url);
  await firstContact(redis, 5000);
  const producer = new PublicationProducer(redis);
  const jobs: unknown[] = [];
  let rings = 0;
  const worker = new PublicationWorker(
    service.url,
    2,
    async (job) => {
      jobs.push(job);
      if (jobs.length === 1) throw new Error('a job that fails must not swallow the next one of its kind');
    },
    () => {},
  );
  const listener = new PublicationBellListener(
    service.url,
    () => rings++,
    () => {},
  );
  const untilRung = async () => {
    const before = rings;
    // Redis may be coming back: rings until one arrives.
    while (rings === before) {
      await producer.add([changed]).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await untilRung();
  expect(jobs[0]).toEqual(changed);
  await service.flush();
  await untilRung();
  await service.kill();
  await service.start();
  await untilRung();
  expect(await redis.keys('{gatehouse}:queue:publication:[0-9]*')).toEqual([]);
  await Promise.all([worker.close(), listener.close(), producer.close()]);
  redis.disconnect();
  await service.stop();
});
