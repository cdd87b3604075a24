import { EventEmitter } from 'node:events';
import { dataPlaneKey, type Document } from '@gatehouse/snapshot';
import { request } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CodeCache } from '../code/code-cache.js';
import { FunctionDirectory } from '../follow/function-directory.js';
import type { Invocation } from './invocation.js';
import { MachineNetwork } from './network/machine-network.js';
import { SandboxPools } from './sandbox-pools.js';
import type { SandboxServices } from './sandbox.js';

afterEach(() => void vi.restoreAllMocks());

const scope = { accountId: '123456789012', region: 'us-east-1' };

function documentOf(functionName: string): Document<'function'> {
  const version = {
    version: '$LATEST',
    revisionId: 'r',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    timeout: 3,
    memorySize: 128,
    environment: null,
    codeSha256: '0'.repeat(64),
    codeSize: 1,
  };
  const body = { functionName, versions: [version], aliases: [], reservedConcurrency: null, policy: [] };
  return { kind: 'function', ...scope, key: functionName, revision: 1, body };
}

/** Asks for events and answers each, as a runtime does. */
function answerAll(api: string): void {
  request(`http://${api}/2018-06-01/runtime/invocation/next`, (next) => {
    const id = next.headers['lambda-runtime-aws-request-id'] as string;
    next.resume().on('end', () => {
      request(`http://${api}/2018-06-01/runtime/invocation/${id}/response`, { method: 'POST' }, (response) =>
        response.resume().on('end', () => answerAll(api)),
      )
        .on('error', () => undefined)
        .end('1');
    });
  })
    .on('error', () => undefined)
    .end();
}

/** Pools whose sandboxes are runtimes in this process. */
function somePools() {
  const directory = new FunctionDirectory();
  const release = vi.fn();
  const close = vi.fn((..._: unknown[]) => Promise.resolve());
  const spawn = vi.fn((_place: unknown, _network: unknown, _program: unknown, env: Record<string, string>) => {
    answerAll(env['AWS_LAMBDA_RUNTIME_API']!);
    return Object.assign(new EventEmitter(), { stdout: new PassThrough(), stderr: new PassThrough() });
  });
  const open = () => Promise.resolve({ uid: null, temporary: '/nowhere', marker: 'marker' });
  const pools = new SandboxPools({
    directory,
    code: { hold: () => Promise.resolve({ folder: '/nowhere', gid: null, release }) } as unknown as CodeCache,
    services: {
      isolation: { runtimeDir: '/nowhere', room: 1, open, spawn, close },
      network: new MachineNetwork('a test'),
      runtimes: { program: () => ({}) },
      log: () => undefined,
    } as unknown as SandboxServices,
    keys: [dataPlaneKey(Buffer.alloc(32))],
    concurrency: 10,
    idleMs: 60_000,
  });
  const invoke = async (functionName: string) => {
    directory.take(documentOf(functionName));
    let told: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (told = resolve));
    const answer = { mostBytes: 1_000, part: () => undefined, end: () => told() };
    const event = Buffer.from('{}');
    const invocation: Invocation = { requestId: 'id', invokedArn: 'arn', event, clientContext: null, traceId: 't', answer };
    await pools.invoke(directory.resolve({ ...scope, functionName, qualifier: null }), invocation);
    await answered;
  };
  return { pools, invoke, spawn, close, release };
}

describe('the pools', () => {
  it('end a sandbox whose start fails, and give back its code', async () => {
    const { pools, invoke, spawn, close, release } = somePools();
    spawn.mockImplementationOnce(() => {
      throw new Error('spawn E2BIG');
    });
    await expect(invoke('fails')).rejects.toThrow('spawn E2BIG');
    expect(close).toHaveBeenCalledTimes(1);
    expect(release).toHaveBeenCalled();
    expect(pools.busy).toBe(0);
    const [, , , env] = spawn.mock.calls[0]!;
    await expect(fetch(`http://${env['AWS_LAMBDA_RUNTIME_API']}`)).rejects.toThrow();
    await pools.stop(0);
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('refuse what does not fit even alone, before they end anything that waits', async () => {
    const { pools, invoke, close } = somePools();
    await invoke('waits');
    vi.spyOn(process, 'availableMemory').mockReturnValue(100 * 1_048_576);
    await expect(invoke('too-large')).rejects.toMatchObject({ type: 'TooManyRequestsException' });
    expect(close).not.toHaveBeenCalled();
    await invoke('waits');
    await pools.stop(0);
  });
});
