import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FunctionsFixture } from './functions.fixture.js';

const functions = new FunctionsFixture();
beforeAll(() => functions.start());
afterAll(() => functions.stop());

const traced = (trace: string) => ({ headers: { 'x-amzn-trace-id': trace } });
const ONE = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1';
const TWO = 'Root=1-5759e988-bd862e3fe1be46a994272794;Sampled=1';

describe('the environment of a handler of Node.js', () => {
  it("has the event's trace id wherever it is looked for, and the C library, which keeps every value, never has it", async () => {
    await functions.node(
      'trace',
      `const name = '_X_AMZN_TRACE_ID';
       const { env } = process;
       exports.handler = async () => ({
         seen: [process.env[name], env[name], (await import('node:process')).env[name], { ...process.env }[name], JSON.parse(JSON.stringify(process.env))[name],
           Object.fromEntries(Object.entries(process.env))[name], Object.getOwnPropertyDescriptor(process.env, name).value,
           require('node:child_process').execFileSync('/bin/sh', ['-c', 'printf %s "$' + name + '"']).toString(),
           /TRACE_ID: '(.*)'/.exec(require('node:util').inspect({ env: process.env }))[1]],
         has: [name in process.env, Object.hasOwn(process.env, name), Object.keys(process.env).filter((key) => key === name).length],
         inC: name in process.report.getReport().environmentVariables,
       });`,
    );
    for (const trace of [ONE, TWO]) {
      const { payload } = await functions.result<{ seen: string[] }>('trace', {}, traced(trace));
      expect(payload).toEqual({ seen: Array<string>(9).fill(trace), has: [true, true, 1], inC: false });
    }
  });

  it('is otherwise what it is in Node.js', async () => {
    await functions.node(
      'env',
      `const { execFileSync } = require('node:child_process');
       const { Worker, SHARE_ENV } = require('node:worker_threads');
       const thrown = (work) => { try { work(); return null; } catch (error) { return error.name; } };
       const inThread = (source, options) => new Promise((resolve, reject) =>
         new Worker('require("node:worker_threads").parentPort.postMessage(' + source + ')', { eval: true, ...options }).once('message', resolve).once('error', reject));
       exports.handler = async () => {
         const { env } = process;
         env.NUMBER = 1; env._X_AMZN_TRACE_ID = 2; env.NONE = undefined;
         Object.assign(env, { ASSIGNED: true });
         Object.defineProperty(env, 'DEFINED', { value: 3, writable: true, enumerable: true, configurable: true });
         const kept = [env.NUMBER, env._X_AMZN_TRACE_ID, env.NONE, env.ASSIGNED, env.DEFINED];
         const child = execFileSync('/bin/sh', ['-c', 'echo $NUMBER $_X_AMZN_TRACE_ID $ASSIGNED $DEFINED']).toString().trim();
         const deleted = [delete env.NUMBER, delete env._X_AMZN_TRACE_ID, delete env.NEVER];
         const heir = Object.create(env);
         heir.OWN = 'own';
         env.TZ = 'Asia/Tokyo';
         return {
           kept, child, deleted, gone: ['NUMBER' in env, '_X_AMZN_TRACE_ID' in env, Object.keys(env).includes('_X_AMZN_TRACE_ID'), typeof env._X_AMZN_TRACE_ID],
           inherited: [heir.OWN, heir.ASSIGNED, env.OWN ?? null], hour: new Date(0).getHours(), object: [env instanceof Object, 'toString' in env, String(env)],
           thrown: [
             thrown(() => { env.X = Symbol('x'); }), thrown(() => { env._X_AMZN_TRACE_ID = Symbol('x'); }), thrown(() => Object.freeze(env)),
             thrown(() => Object.defineProperty(env, '_X_AMZN_TRACE_ID', { get: () => 1, enumerable: true, configurable: true })),
             thrown(() => Object.defineProperty(env, '_X_AMZN_TRACE_ID', { value: 1 })),
           ],
           threads: await Promise.all([
             inThread('process.env.ASSIGNED'), inThread('process.env.ASSIGNED', { env }), inThread('process.env.FROM_THREAD = "shared"', { env: SHARE_ENV }),
           ]),
           shared: env.FROM_THREAD,
         };
       };`,
      { timeout: 20 },
    );
    for (const _ of [1, 2]) {
      expect((await functions.result('env', {}, traced(ONE))).payload).toEqual({
        kept: ['1', '2', 'undefined', 'true', '3'],
        child: '1 2 true 3',
        deleted: [true, true, true],
        gone: [false, false, false, 'undefined'],
        inherited: ['own', 'true', null],
        hour: 9,
        object: [true, true, '[object Object]'],
        thrown: ['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError'],
        threads: ['true', 'true', 'shared'],
        shared: 'shared',
      });
    }
  });
});
