import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { ResolvedVersion } from '../follow/function-directory.js';
import { MachineNetwork } from './network/machine-network.js';
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

const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill()));

/** A sandbox whose runtime is a program of the machine, and which stays in its place. */
function startSandbox(command: string, ...args: string[]) {
  const child = spawn(command, args);
  children.push(child);
  const spawned = vi.fn((..._: unknown[]) => child);
  const services = {
    isolation: {
      runtimeDir: '/nowhere',
      spawn: spawned,
      kill: (leader: ChildProcess) => leader.kill('SIGKILL'),
      endOf: (code: number | null, name: NodeJS.Signals | null) => [code, name],
      close: () => new Promise(() => {}),
    },
    network: new MachineNetwork('a test'),
    runtimes: { program: () => ({}) },
    log: () => undefined,
  } as unknown as SandboxServices;
  const sandbox = new Sandbox(resolved, { uid: null, temporary: '/nowhere', marker: 'marker' }, services);
  const start = sandbox.start({ folder: '/nowhere', gid: null, release: () => undefined }, {}, 5_000);
  /** Address of the Runtime API. */
  const api = async () => {
    await vi.waitFor(() => expect(spawned).toHaveBeenCalled());
    return `http://${(spawned.mock.calls[0]![3] as Record<string, string>)['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime`;
  };
  return { sandbox, child, start, api };
}

it('a sandbox that has passed a limit does not end whoever has the number of its process by now', async () => {
  const { sandbox, child } = startSandbox('true');
  await once(child, 'exit');
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  sandbox.exceeded('memory');
  expect(kill).not.toHaveBeenCalled();
});

describe('what a runtime tells of an error', () => {
  const tell = (address: string, body: string) => fetch(address, { method: 'POST', body });
  const cases: [sent: string, payload: unknown][] = [
    ['{"errorType":"Own","stackTrace":["a"]}', { errorType: 'Own', stackTrace: ['a'] }],
    ['<html>', { errorType: 'Runtime.Unknown', errorMessage: '<html>' }],
    ['"text"', { errorType: 'Runtime.Unknown', errorMessage: '"text"' }],
    ['[1]', { errorType: 'Runtime.Unknown', errorMessage: '[1]' }],
    ['null', { errorType: 'Runtime.Unknown', errorMessage: 'null' }],
  ];

  it.each(cases)('is a JSON object to callers, sent as %s at the start', async (sent, payload) => {
    const { start, api } = startSandbox('sleep', '60');
    expect((await tell(`${await api()}/init/error`, sent)).status).toBe(202);
    const told = await start;
    expect(typeof told === 'object' && JSON.parse(told.error('id').toString())).toEqual(payload);
  });

  it.each(cases)('is a JSON object to callers, sent as %s for an event', async (sent, payload) => {
    const { sandbox, start, api } = startSandbox('sleep', '60');
    const address = await api();
    const next = () => fetch(`${address}/invocation/next`);
    const first = next();
    expect(await start).toBe('ready');
    const end = vi.fn();
    const answer = { mostBytes: 1_000, part: () => undefined, end };
    const invocation = {
      requestId: 'id',
      invokedArn: 'arn',
      event: Buffer.from('{}'),
      clientContext: null,
      traceId: 't',
      answer,
    };
    sandbox.run(invocation, 5_000, () => undefined);
    await (await first).text();
    expect((await tell(`${address}/invocation/id/error`, sent)).status).toBe(202);
    void next().catch(() => undefined);
    await vi.waitFor(() => expect(end).toHaveBeenCalled());
    expect(JSON.parse((end.mock.calls[0]![0] as Buffer).toString())).toEqual(payload);
    void sandbox.end();
  });
});

describe('security class: what a runtime tells is held by the service', () => {
  it('nothing of an error is read that nobody waits for, or that is larger than an error', async () => {
    const { start, api } = startSandbox('sleep', '60');
    const address = await api();
    const tell = (path: string, body: string) =>
      fetch(`${address}/${path}`, { method: 'POST', body }).then(({ status }) => status);
    expect(await tell('invocation/0-0/error', '{}')).toBe(400);
    expect(await tell('init/error', 'x'.repeat(1_048_577)).catch(() => 413)).toBe(413);
    expect(await tell('init/error', '{}')).toBe(202);
    await start;
    expect(await tell('init/error', '{}').catch(() => 400)).toBe(400);
  });

  it('of several errors that are told at once one is read', async () => {
    const { api } = startSandbox('sleep', '60');
    const address = await api();
    const slow = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) });
    const open = new AbortController();
    const first = fetch(`${address}/init/error`, {
      method: 'POST',
      body: slow,
      duplex: 'half',
      signal: open.signal,
    } as RequestInit);
    await vi.waitFor(async () => {
      expect((await fetch(`${address}/init/error`, { method: 'POST', body: '{}' })).status).toBe(403);
    });
    open.abort();
    await expect(first).rejects.toThrow();
  });
});
