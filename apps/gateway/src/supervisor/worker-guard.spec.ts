import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WorkerGuard, type Guarded } from './worker-guard.js';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that ends by itself at no time. */
async function start(): Promise<{ child: ChildProcess; worker: EventEmitter & Guarded; exit: Promise<unknown[]> }> {
  const child = spawn(process.execPath, ['-e', `setInterval(() => {}, 1000); console.log('up')`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout!, 'data');
  return { child, worker: Object.assign(new EventEmitter(), { pid: child.pid! }), exit: once(child, 'exit') };
}

/** As its end does. */
function killSupervisor(guard: WorkerGuard): void {
  (guard as unknown as { pipe: Socket }).pipe.destroy();
}

describe('WorkerGuard', () => {
  it('kills what outlives the supervisor, also a process that was stopped, but none that had ended for it', async () => {
    const guard = new WorkerGuard(0);
    const [hanging, stopped, ended] = await Promise.all([start(), start(), start()]);
    for (const { worker } of [hanging, stopped, ended]) guard.watch(worker);
    ended.worker.emit('ended');
    stopped.child.kill('SIGSTOP');
    killSupervisor(guard);
    expect(await hanging.exit).toEqual([null, 'SIGKILL']);
    expect(await stopped.exit).toEqual([null, 'SIGKILL']);
    expect([ended.child.exitCode, ended.child.signalCode]).toEqual([null, null]);
  });

  it('gives them time to end by themselves', async () => {
    const guard = new WorkerGuard(60);
    const [draining, hanging] = await Promise.all([start(), start()]);
    for (const { worker } of [draining, hanging]) guard.watch(worker);
    killSupervisor(guard);
    draining.child.kill('SIGTERM');
    hanging.child.kill('SIGTERM');
    expect(await draining.exit).toEqual([null, 'SIGTERM']);
    expect(await hanging.exit).toEqual([null, 'SIGTERM']);
  });
});
