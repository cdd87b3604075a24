import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FunctionsFixture, TAIL, type TestFunction } from './functions.fixture.js';

const functions = new FunctionsFixture({ GATEHOUSE_FUNCTIONS_LOG_MAX_BYTES: '1048576' });
beforeAll(async () => {
  await functions.start();
  await functions.node('healthy', 'exports.handler = async (event) => event;');
  await functions.result('healthy');
});
afterAll(() => functions.stop());

interface Payload {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** Runs a bad function while a healthy one is called all the time; all of these calls must be answered, none of them slowly. */
async function runBad(name: string, source: string, more: Partial<TestFunction> = {}) {
  await functions.node(name, source, more);
  let ended = false;
  const times: number[] = [];
  const healthy = (async () => {
    while (!ended) {
      const begun = performance.now();
      expect((await functions.result('healthy', { a: 1 })).payload).toEqual({ a: 1 });
      times.push(performance.now() - begun);
      await sleep(20);
    }
  })();
  const begun = performance.now();
  const answer = await functions.result<Payload>(name).finally(() => (ended = true));
  const ms = performance.now() - begun;
  await healthy;
  times.sort((a, b) => a - b);
  expect(times[Math.floor(times.length / 2)] ?? 0, 'median of the healthy function').toBeLessThan(1_000);
  return { ...answer, ms };
}

/** Another function of the same name works: what went wrong has left nothing. */
async function worksAfter(name: string) {
  await functions.node(name, "exports.handler = async () => 'well';");
  expect((await functions.result(name)).payload).toBe('well');
}

describe('a function that', () => {
  it('never returns is ended when its time is up, and the next call starts anew', async () => {
    const source =
      'let calls = 0; exports.handler = async ({ wait }) => { calls++; if (wait) await new Promise((done) => setTimeout(done, 60_000)); return calls; };';
    await functions.node('never', source, { timeout: 1 });
    const begun = performance.now();
    const { error, payload, log } = await functions.result<Payload>('never', { wait: true }, TAIL);
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(error).toBe('Unhandled');
    const id = /START RequestId: (\S+)/.exec(log)?.[1];
    expect(payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${id} Error: Task timed out after 1.00 seconds`,
    });
    expect(log).toContain(`Z ${id} Task timed out after 1.00 seconds\n\nEND RequestId: ${id}\nREPORT `);
    expect((await functions.result('never', {})).payload).toBe(1);
  });

  it('spins is ended too', async () => {
    const { payload } = await runBad('spins', 'exports.handler = async () => { for (;;); };', { timeout: 1 });
    expect(payload.errorType).toBe('Sandbox.Timedout');
    await worksAfter('spins');
  });

  it('prints without end costs bounded memory and disk', async () => {
    const source = "const line = 'x'.repeat(1000); exports.handler = async () => { for (;;) console.log(line); };";
    const before = process.memoryUsage().rss;
    const { payload } = await runBad('prints', source, { timeout: 3 });
    expect(payload.errorType).toBe('Sandbox.Timedout');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1_048_576);
    const folder = path.join(functions.dataDir, 'functions/logs/123456789012/us-east-1');
    const names = (await readdir(folder)).filter((name) => name.startsWith('prints.log'));
    const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
    expect(names.length).toBeLessThanOrEqual(3);
    expect(Math.max(...sizes)).toBeLessThan(4 * 1_048_576);
  });

  it('exits gives the error of its exit', async () => {
    const { error, payload } = await runBad('exits', 'exports.handler = async () => process.exit(3);');
    expect(error).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/),
    });
    const { payload: quiet } = await runBad('exits-quietly', 'exports.handler = async () => process.exit(0);');
    expect(quiet.errorMessage).toMatch(/Error: Runtime exited without providing a reason$/);
    await worksAfter('exits');
  });

  it('is killed gives an error, and the next call works', async () => {
    const source = "exports.handler = async ({ die }) => { if (die) process.kill(process.pid, 'SIGKILL'); return 'well'; };";
    await functions.node('killed', source);
    const { error, payload } = await functions.result<Payload>('killed', { die: true });
    expect(error).toBe('Unhandled');
    expect(payload.errorMessage).toMatch(/Runtime exited with error: signal: killed$/);
    expect((await functions.result('killed')).payload).toBe('well');
  });

  it('answers 10 MB is told that this is too much', async () => {
    const { error, payload } = await runBad('large', "exports.handler = async () => 'x'.repeat(10 * 1024 * 1024);");
    expect(error).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    await worksAfter('large');
  });

  it('answers 10 MB is ready for the next event at once, in the same process', async () => {
    await functions.node(
      'larger',
      "exports.handler = async ({ n }) => (n ? 'x'.repeat(n) : process.env.AWS_LAMBDA_LOG_STREAM_NAME);",
      { timeout: 900 },
    );
    const { payload: pid } = await functions.result('larger', {});
    for (let n = 0; n < 3; n++) {
      const { error } = await functions.result('larger', { n: 10 * 1024 * 1024 });
      expect(error).toBe('Unhandled');
    }
    expect((await functions.result('larger', {})).payload).toBe(pid);
  });

  it('answers 6 MB is answered', async () => {
    await functions.node('six', "exports.handler = async () => 'x'.repeat(6 * 1024 * 1024 - 2);");
    expect((await functions.result<string>('six')).payload).toHaveLength(6 * 1024 * 1024 - 2);
  });

  it('allocates without end is killed', async () => {
    const source =
      'const kept = []; exports.handler = async () => { for (;;) { kept.push(Buffer.alloc(10_000_000, 1)); await null; } };';
    const { payload, ms } = await runBad('allocates', source, { timeout: 20 });
    expect(payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
    });
    expect(ms).toBeLessThan(15_000);
    await worksAfter('allocates');
  });

  it('fills its heap without end ends', async () => {
    const source = 'const kept = []; exports.handler = async () => { for (;;) kept.push([kept.length, {}]); };';
    const { payload } = await runBad('fills', source, { timeout: 30 });
    expect(payload.errorType).toBe('Runtime.ExitError');
    expect(payload.errorMessage).toMatch(/signal: (killed|aborted)$/);
  });

  it('has no handler, no module or no sense gives the error of that', async () => {
    const missing = await runBad('missing', 'exports.other = 1;');
    expect(missing.error).toBe('Unhandled');
    expect(missing.payload).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
    const nowhere = await runBad('nowhere', '', { handler: 'app.handler' });
    expect(nowhere.payload).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
    expect(nowhere.payload.errorMessage).toMatch(/^Error: Cannot find module 'app'/);
    const requires = await runBad('requires', "require('not-there');");
    expect(requires.payload.errorMessage).toMatch(/^Error: Cannot find module 'not-there'/);
    const senseless = await runBad('senseless', 'exports.handler = async () => { ');
    expect(senseless.payload).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError' });
    const throws = await runBad('throws', "throw new TypeError('at once');");
    expect(throws.payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'at once' });
    await functions.node('says', "console.log('said at the start'); throw new Error('at once');");
    expect((await functions.result('says', {}, TAIL)).log).toMatch(/INFO\tsaid at the start\n/);
    const leaves = await runBad('leaves', 'process.exit(4);');
    expect(leaves.payload.errorMessage).toMatch(/exit status 4$/);
  });

  it('throws, rejects, or leaves a rejection to nobody gives its error', async () => {
    const { error, payload } = await runBad('fails', "exports.handler = async () => { throw new RangeError('too far'); };");
    expect(error).toBe('Unhandled');
    expect(payload).toEqual({ errorType: 'RangeError', errorMessage: 'too far', trace: expect.any(Array) });
    expect(payload.trace?.[0]).toBe('RangeError: too far');
    const text = await runBad('text', "exports.handler = async () => { throw 'text'; };");
    expect(text.payload).toEqual({ errorType: 'string', errorMessage: 'text', trace: [] });
    const left = await runBad('left', "exports.handler = () => new Promise(() => { Promise.reject(new Error('left')); });");
    expect(left.payload).toMatchObject({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: left' });
    const late = await runBad(
      'late',
      "exports.handler = () => new Promise(() => { setTimeout(() => { throw new Error('late'); }); });",
    );
    expect(late.payload).toMatchObject({ errorType: 'Error', errorMessage: 'late' });
    await worksAfter('left');
  });

  it('forks without end is bounded, and all of it ends', async () => {
    const source = `const { spawn } = require('node:child_process');
      exports.handler = async () => {
        spawn('/bin/sh', ['-c', 'bomb() { bomb | bomb & }; bomb; sleep 60'], { detached: true, stdio: 'ignore' });
        await new Promise((done) => setTimeout(done, 60_000));
      };`;
    const { error } = await runBad('forks', source, { timeout: 2 });
    expect(error).toBe('Unhandled');
    await worksAfter('forks');
  });

  it('takes too long to start is started once more, within its time', async () => {
    const { payload, ms } = await runBad('slow-start', 'const until = Date.now() + 30_000; while (Date.now() < until);', {
      timeout: 1,
    });
    expect(payload.errorType).toBe('Sandbox.Timedout');
    expect(ms).toBeGreaterThan(10_500);
    expect(ms).toBeLessThan(14_000);
  });

  it('goes on after its answer does not disturb the next event', async () => {
    const source = 'exports.handler = async ({ n }) => { setTimeout(() => {}, 60_000); return n; };';
    await functions.node('goes-on', source);
    for (let n = 0; n < 5; n++) expect((await functions.result('goes-on', { n })).payload).toBe(n);
  });

  it('works on after its answer is stopped until its next event', async () => {
    const source = `let rounds = 0;
      const work = () => { rounds++; for (const until = Date.now() + 50; Date.now() < until; ); setTimeout(work, 1); };
      exports.handler = async () => { if (rounds === 0) work(); return rounds; };`;
    await functions.node('works-on', source);
    await functions.result('works-on');
    await sleep(6_000);
    const first = (await functions.result<number>('works-on')).payload;
    // Four seconds without a stop would be eighty rounds.
    expect(first).toBeLessThan(100);
    const second = (await functions.result<number>('works-on')).payload;
    expect(second).toBeGreaterThanOrEqual(first);
    expect(second).toBeLessThan(first + 30);
  });
});
