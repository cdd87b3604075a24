import { freshRedis, type TestRedis } from '@gatehouse/testing';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { SECRET } from '../documents.fixture.js';
import type { WholeConfiguration } from '../refresh/disk-copy.js';
import { Listeners } from './listeners.js';
import { WorkerProcess } from './worker-process.js';

let service: TestRedis;
let listeners: Listeners;
let worker: WorkerProcess;
beforeAll(async () => {
  service = await freshRedis();
  listeners = await Listeners.bind([{ name: 'http', variables: 'GATEHOUSE_GATEWAY', host: '127.0.0.1', port: 0 }]);
});
afterEach(() => worker?.kill('the end of the test'));
afterAll(async () => {
  listeners.close();
  await service.stop();
});

/** The built program. */
function start(): WorkerProcess {
  worker = new WorkerProcess(1, {
    args: [path.resolve(import.meta.dirname, '../../dist/worker/main.js')],
    env: { REDIS_URL: service.url, GATEHOUSE_DATA_PLANE_KEY: SECRET.toString('base64'), GATEHOUSE_ACCESS_LOG: 'off' },
    listeners: listeners.all,
    internalAddress: '127.0.0.1:1',
    holders: () => 1,
    tls: () => null,
  });
  return worker;
}

const whole = (lines: string): WholeConfiguration => ({
  digest: '0',
  async *lines() {
    yield Buffer.from(lines);
  },
  release: () => Promise.resolve(),
});

it('a worker ends when it is told what it does not understand, for it would serve old configuration for ever', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  start();
  const ended = once(worker, 'ended');
  void worker.join(whole('a line of another\n'), 1, () => true);
  expect(await ended).toEqual(['exit code 1']);
  await vi.waitFor(() =>
    expect(said).toHaveBeenCalledWith('gateway: worker 1: configuration: the supervisor said "a line of another"'),
  );
  said.mockRestore();
});
