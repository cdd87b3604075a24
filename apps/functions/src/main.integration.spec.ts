import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, FunctionsFixture } from './functions.fixture.js';
import { processesOf } from './sandbox/process-table.js';

/** The built program. */
const PROGRAM = path.resolve(import.meta.dirname, '../dist/main.js');
const functions = new FunctionsFixture();
let child: ChildProcess | null = null;

beforeAll(async () => {
  await functions.start();
  await functions.stopService();
});
afterEach(async () => {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  // Not at once: it is what ends the processes of its functions.
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
});
afterAll(() => functions.stop());

/** Starts the program; resolves with what it has printed when it listens or has ended. */
async function start(changes: Record<string, string> = {}): Promise<string> {
  const started = (child = spawn(process.execPath, [PROGRAM], {
    env: { PATH: process.env['PATH'], ...functions.environment, ...changes },
    stdio: ['ignore', 'ignore', 'pipe'],
  }));
  let printed = '';
  started.stderr!.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  const ended = once(started, 'exit').then(() => true);
  while (!/listening on/.test(printed) && !(await Promise.race([ended, sleep(10, false)])));
  functions.address = /http:\/\/(\S+)/.exec(printed)?.[1] ?? null;
  return printed;
}

describe('the functions process', () => {
  it('says which isolation and which network are in force, each in one line, and where it listens', async () => {
    const [isolation, network, listening] = (await start()).split('\n');
    expect(network).toMatch(/^functions: (each sandbox has a network of its own|functions share this machine's network)/);
    expect(isolation).toMatch(/^functions: (each sandbox runs as a user of its own|NOT running as root)/);
    expect(listening).toMatch(/^functions: listening on http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('ends with one line that names the variable which is wrong', async () => {
    expect(await start({ GATEHOUSE_CONTROL_PLANE_URL: '' })).toBe(
      'functions: GATEHOUSE_CONTROL_PLANE_URL is not set; it has the form http://host:4600 or https://host\n',
    );
    if (process.getuid?.() !== 0) {
      expect(await start({ GATEHOUSE_FUNCTION_NETWORK: 'isolated' })).toBe(
        'functions: GATEHOUSE_FUNCTION_NETWORK is isolated, which cannot be had here: this process does not run as root\n',
      );
    }
    expect(await start({ REDIS_URL: functions.service.url.replace(/:[^:@]*@/, ':wrong@') })).toBe(
      'functions: REDIS_URL: Redis refuses the user or the password\n',
    );
  });

  it('lets an invocation under way end after SIGTERM, and leaves no process', async () => {
    await start({ GATEHOUSE_DRAIN_SECONDS: '10' });
    await functions.node(
      'slow',
      "exports.handler = async () => { await new Promise((done) => setTimeout(done, 1_500)); return 'done'; };",
    );
    const call = functions.result('slow');
    await sleep(600);
    const exited = once(child!, 'exit');
    child!.kill('SIGTERM');
    expect((await call).payload).toBe('done');
    expect((await exited)[0]).toBe(0);
    expect(processesOf((uid) => uid >= functions.firstUid && uid <= functions.lastUid)).toEqual([]);
  });

  it('finds and ends what an earlier one left when that was killed', async () => {
    await start();
    const source = `require('node:child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }).unref(); exports.handler = async () => process.getuid();`;
    await functions.node('strays', source);
    await functions.result('strays');
    const uplinks = childrenOf(child!.pid!, 'slirp4netns');
    const exited = once(child!, 'exit');
    child!.kill('SIGKILL');
    await exited;
    // What needs no look at users has gone with it.
    await functions.eventually(() => uplinks.every((pid) => !existsSync(`/proc/${pid}`)));
    const left = () => processesOf((uid) => uid >= functions.firstUid && uid <= functions.lastUid);
    // Where sandboxes have processes of their own these have ended with the runtime, which ended with its Runtime API.
    await start();
    expect(left()).toEqual([]);
    await functions.eventually(async () => (await fetch(`${functions.url}/readyz`)).status === 200);
    expect((await functions.result('strays')).error).toBeNull();
  });

  it('goes on with accepted events after it was killed, and after it was asked to end', async () => {
    await start();
    const readiness = async () => (await (await fetch(`${functions.url}/readyz`)).json()) as { busy: number };
    const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
      const exited = once(child!, 'exit');
      child!.kill(signal);
      await exited;
    };
    const slow = `exports.handler = () => new Promise((done) => setTimeout(done, 60_000));`;
    await functions.node('eventual', slow, { timeout: 60 });
    const asynchronous = { headers: { 'x-amz-invocation-type': 'Event' } };
    for (let n = 0; n < 5; n++) expect((await functions.call('eventual', { n }, asynchronous)).status).toBe(202);
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      await functions.eventually(async () => (await readiness()).busy === 5);
      await end(signal);
      await start();
    }
    await functions.eventually(async () => (await readiness()).busy === 5);
    await functions.node('eventual', `exports.handler = async ({ n }) => console.log('handled', n);`);
    await end('SIGKILL');
    await start();
    const folder = path.join(functions.dataDir, 'functions');
    const filesBelow = (part: string) =>
      readdirSync(path.join(folder, part), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const handled = () => {
      const text = filesBelow('logs').map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'));
      return new Set(text.join('').match(/handled \d/g));
    };
    await functions.eventually(() => handled().size === 5);
    await functions.eventually(() => filesBelow('events').length === 0);
  });
});
