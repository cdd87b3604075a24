import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { ResolvedVersion } from '../follow/function-directory.js';
import { Sandbox, type SandboxServices } from './sandbox.js';

afterEach(() => void vi.restoreAllMocks());

const scope = { accountId: '123456789012', region: 'us-east-1' };
const resolved: ResolvedVersion = {
  known: {
    ...scope,
    revision: 1,
    snapshot: { functionName: 'f', versions: [], aliases: [], reservedConcurrency: null, policy: [] },
  },
  version: {
    version: '$LATEST',
    revisionId: 'r',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    timeout: 3,
    memorySize: 128,
    environment: null,
    codeSha256: '0'.repeat(64),
    codeSize: 1,
  },
};

/** A sandbox whose runtime is a program that ends at once, and which stays in its place. */
function endingSandbox() {
  const child = spawn('true');
  const services = {
    isolation: { runtimeDir: '/nowhere', spawn: () => child, close: () => new Promise(() => {}) },
    runtimes: { program: () => ({}) },
    log: () => undefined,
  } as unknown as SandboxServices;
  const sandbox = new Sandbox(resolved, { uid: null, temporary: '/nowhere', marker: 'marker' }, services);
  return { sandbox, child };
}

it('a sandbox that has passed a limit does not end whoever has the number of its process by now', async () => {
  const { sandbox, child } = endingSandbox();
  const exit = once(child, 'exit');
  void sandbox.start({ folder: '/nowhere', gid: null, release: () => undefined }, {}, 1_000);
  await exit;
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  sandbox.exceeded('memory');
  expect(kill).not.toHaveBeenCalled();
});
