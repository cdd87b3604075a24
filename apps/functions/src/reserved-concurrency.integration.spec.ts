import { temporaryDirectory } from '@gatehouse/testing';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';
import { FunctionsFixture } from './functions.fixture.js';
import { startFunctions, type RunningFunctions } from './start-functions.js';

const functions = new FunctionsFixture({ GATEHOUSE_FUNCTIONS_ID: 'one' });
/** Another process of the same installation; its users are its own. */
let other: RunningFunctions;
let otherFolder: string;
let first: string;

beforeAll(async () => {
  await functions.start();
  first = functions.address!;
  otherFolder = await temporaryDirectory('functions');
  const firstUid = functions.firstUid + 256;
  other = await startFunctions(
    loadConfig({
      ...functions.environment,
      GATEHOUSE_FUNCTIONS_ID: 'other',
      GATEHOUSE_DATA_DIR: otherFolder,
      GATEHOUSE_FUNCTION_UIDS: `${firstUid}-${firstUid + 255}`,
    }),
  );
  at(other.address);
  await functions.eventually(async () => (await fetch(`${functions.url}/readyz`)).status === 200);
});
afterAll(async () => {
  await other.stop();
  await rm(otherFolder, { recursive: true, force: true });
  if (process.getuid?.() === 0)
    await rm(`/var/lib/gatehouse-functions-${functions.firstUid + 256}`, { recursive: true, force: true });
  at(first);
  await functions.stop();
});

/** Calls go there from now on. */
const at = (address: string) => (functions.address = address);

const SLOW = 'exports.handler = ({ ms }) => new Promise((done) => setTimeout(done, ms, 1));';

/** Publishes a function, and waits until both processes know it. */
async function put(name: string, reservedConcurrency: number | null): Promise<void> {
  const revision = await functions.put({ name, files: { 'index.js': SLOW }, timeout: 20, more: { reservedConcurrency } });
  for (const address of [first, other.address]) {
    at(address);
    await functions.known(name, revision);
  }
}

/** Calls at one of the two, or at both by turns. */
function calls(name: string, ms: number, ...addresses: string[]): Promise<Response>[] {
  return addresses.map((address) => {
    at(address);
    return functions.call(name, { ms });
  });
}

const statusesOf = async (responses: Promise<Response>[]) => (await Promise.all(responses)).map(({ status }) => status).sort();

describe('two functions processes', () => {
  it('run a function with a reserved concurrency of one once at a time', async () => {
    await put('mutex', 1);
    const [running] = calls('mutex', 1_500, first);
    await sleep(500);
    const [refused] = await Promise.all(calls('mutex', 0, other.address));
    expect(refused!.status).toBe(429);
    expect(await refused!.json()).toMatchObject({ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
    expect((await running!).status).toBe(200);
    for (const address of [other.address, first, other.address, first]) {
      await sleep(20);
      expect(await statusesOf(calls('mutex', 0, address))).toEqual([200]);
    }
  });

  it('share a larger one, and none where there is none', async () => {
    await put('three', 3);
    await put('free', null);
    const places = [first, other.address, first, other.address, first, other.address];
    expect(await statusesOf(calls('three', 1_000, ...places))).toEqual([200, 200, 200, 429, 429, 429]);
    expect(await statusesOf(calls('free', 300, ...places))).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('give back the place of an invocation that fails, is cut off, or could not begin', async () => {
    await put('failing', 1);
    at(first);
    const revision = await functions.put({
      name: 'failing',
      files: { 'index.js': 'exports.handler = () => process.exit(1);' },
      more: { reservedConcurrency: 1 },
    });
    await functions.known('failing', revision);
    for (let n = 0; n < 3; n++) {
      expect(await statusesOf(calls('failing', 0, first))).toEqual([200]);
      await sleep(50);
    }
  });

  it('admit their shares while Redis is away: nothing of a limit of one', async () => {
    await put('mutex', 1);
    await put('three', 3);
    // Each has heard of the other.
    await sleep(4_500);
    await functions.service.kill();
    await sleep(200);
    expect(await statusesOf(calls('mutex', 0, first, other.address))).toEqual([429, 429]);
    expect(await statusesOf(calls('three', 1_000, first, first, other.address, other.address))).toEqual([200, 200, 429, 429]);
    await functions.service.start();
    await functions.eventually(async () => {
      const [status] = await statusesOf(calls('mutex', 0, other.address));
      return status === 200;
    });
  });
});

it('tells what it does in metrics, which name no function', async () => {
  at(first);
  const text = await (await fetch(`${functions.url}/metrics`)).text();
  const value = (series: string) => Number(new RegExp(`^${series.replaceAll(/[{}"]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1]);
  expect(value('gatehouse_function_invocations_total{outcome="success"}')).toBeGreaterThan(5);
  expect(value('gatehouse_function_invocations_total{outcome="throttled"}')).toBeGreaterThan(1);
  expect(value('gatehouse_function_invocations_total{outcome="function_error"}')).toBe(3);
  expect(value('gatehouse_function_invocations_total{outcome="failed"}')).toBe(0);
  expect(value('gatehouse_function_cold_starts_total')).toBeGreaterThan(3);
  expect(value('gatehouse_function_sandboxes{state="waiting"}')).toBeGreaterThan(0);
  expect(value('gatehouse_function_events_waiting')).toBe(0);
  expect(value('gatehouse_refused_documents_total')).toBe(0);
  expect(value('gatehouse_ready')).toBe(1);
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toMatch(/mutex|123456789012/);
});
