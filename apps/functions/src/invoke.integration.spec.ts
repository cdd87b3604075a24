import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FunctionsFixture, TAIL } from './functions.fixture.js';

const functions = new FunctionsFixture();
beforeAll(() => functions.start());
afterAll(() => functions.stop());

describe('Invoke', () => {
  it('runs a handler, in the same process the second time', async () => {
    const source =
      'let calls = 0; exports.handler = async ({ name }) => ({ hello: name, calls: ++calls, sandbox: process.env.AWS_LAMBDA_LOG_STREAM_NAME });';
    await functions.node('hello', source);
    const first = await functions.result<{ sandbox: string }>('hello', { name: 'World' });
    expect(first.payload).toEqual({ hello: 'World', calls: 1, sandbox: expect.any(String) });
    const second = await functions.result('hello', { name: 'again' });
    expect(second.payload).toEqual({ hello: 'again', calls: 2, sandbox: first.payload.sandbox });
  });

  it('keeps its process when only its revision changes, as by a permission, and not when what it runs does', async () => {
    const source = 'exports.handler = async () => process.env.AWS_LAMBDA_LOG_STREAM_NAME;';
    await functions.node('kept', source);
    const first = await functions.result('kept', {});
    await functions.node('kept', source);
    expect((await functions.result('kept', {})).payload).toBe(first.payload);
    for (const change of [{ environment: { A: 'b' } }, { memorySize: 256 }, { timeout: 4 }]) {
      const before = await functions.result('kept', {});
      await functions.node('kept', source, change);
      expect((await functions.result('kept', {})).payload).not.toBe(before.payload);
    }
  });

  it('tells the last lines of the log to callers that ask', async () => {
    await functions.node('log', "exports.handler = async () => console.log('line one\\nand two', { a: 1 });");
    const { log } = await functions.result('log', {}, TAIL);
    const id = /START RequestId: (\S+) Version: \$LATEST\n/.exec(log)?.[1];
    expect(log).toMatch(
      new RegExp(`Z\\t${id}\\tINFO\\tline one\\rand two { a: 1 }\\nEND RequestId: ${id}\\nREPORT RequestId: ${id}\\tDuration: `),
    );
    expect(log).toMatch(
      /Billed Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: [1-9]\d* MB\tInit Duration: [\d.]+ ms\t\n$/,
    );
  });

  it.each([
    ['late', 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));', 'Status: timeout'],
    ['exits', 'exports.handler = () => process.exit(3);', 'Status: error\tError Type: Runtime.ExitError'],
    ['throws', "exports.handler = async () => { throw new Error('no'); };", ''],
  ])('tells how an invocation ended that the runtime did not end: %s', async (name, source, status) => {
    await functions.node(name, source, { timeout: 1 });
    const { log, payload } = await functions.result<{ errorMessage: string; errorType: string }>(name, {}, TAIL);
    expect(log).toMatch(new RegExp(`\tMax Memory Used: [1-9]\\d* MB\tInit Duration: [\\d.]+ ms\t${status}\n$`));
    const [, id] = /^START RequestId: (\S+)/.exec(log)!;
    if (name === 'late') expect(log).toMatch(new RegExp(`\n\\S+Z ${id} Task timed out after 1\\.00 seconds\n\nEND RequestId: `));
    if (name === 'exits') expect(log).toContain(`\n${payload.errorMessage}\n${payload.errorType}\nEND RequestId: `);
  });

  it.each([
    ['exits', 'process.exit(5);', 'Runtime.ExitError'],
    ['lacks', "require('nothing');", 'Runtime.ImportModuleError'],
    ['throws', "throw new RangeError('a type\\nof its own');", 'Runtime.Unknown'],
  ])('tells of an initialization that failed: %s', async (name, source, type) => {
    await functions.node(name, source);
    const { log, payload } = await functions.result<{ errorMessage: string; errorType: string }>(name, {}, TAIL);
    const status = `Status: error\tError Type: ${type}`;
    const why = name === 'exits' ? `${payload.errorMessage}\n${payload.errorType}\n` : '';
    expect(log).toMatch(
      new RegExp(
        `INIT_REPORT Init Duration: [\\d.]+ ms\tPhase: init\t${status}\n` +
          `START RequestId: (\\S+) Version: \\$LATEST\n${why}END RequestId: \\1\nREPORT RequestId: \\1\t.* MB\t${status}\n$`,
      ),
    );
    expect(log.startsWith('INIT_REPORT')).toBe(name === 'exits');
  });
});
