import { temporaryDirectory } from '@gatehouse/testing';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import proveEveryOperationAsked from './rest-control-plane/every-operation-asked.js';

const FOLDER = path.join(import.meta.dirname, 'rest-control-plane');
const SPECS = readdirSync(FOLDER).filter((name) => name.endsWith('.spec.ts'));

// Nothing was asked in this directory.
beforeEach(async () => void vi.stubEnv('TMPDIR', await temporaryDirectory('asked')));
afterEach(() => vi.unstubAllEnvs());

type State = 'passed' | 'failed' | 'skipped';

/** The end of a run of these specs, as Vitest tells it: a module with a skipped test did not fail. */
function endOfRun(specs: readonly string[], stateOf: (name: string) => State, testNamePattern?: RegExp): () => void {
  const modules = specs.map((name) => ({
    moduleId: path.join(FOLDER, name),
    ok: () => stateOf(name) !== 'failed',
    children: { allTests: () => [{ result: () => ({ state: stateOf(name) }) }] },
  }));
  const vitest = { config: { testNamePattern }, state: { getTestModules: () => modules } };
  return proveEveryOperationAsked({ vitest } as unknown as Parameters<typeof proveEveryOperationAsked>[0]);
}

const first = (state: State) => (name: string) => (name === SPECS[0] ? state : 'passed');

it.each(['passed', 'skipped'] as const)('operations that nobody asked are named when a test %s', (state) => {
  expect(endOfRun(SPECS, first(state))).toThrow(/^never seen in .*: .*CreateRestApi answered, CreateRestApi refused/);
});

it('nothing is proved when a test failed, when only some files were run, or tests by name', () => {
  expect(endOfRun(SPECS, first('failed'))).not.toThrow();
  expect(endOfRun(SPECS.slice(1), first('passed'))).not.toThrow();
  expect(endOfRun(SPECS, first('passed'), /a name/)).not.toThrow();
});
