import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { ProcessTree } from './process-tree.js';

const children: ChildProcess[] = [];
afterEach(() => Promise.all(children.splice(0).map(end)));

/** Starts a shell that does `work`, says "there" and waits for the end of its input, as do the shells below it. */
async function start(work: string): Promise<ProcessTree> {
  const child = spawn('sh', ['-c', work], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return new ProcessTree(child.pid!);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}

const WAIT = 'echo there; read line';

describe('ProcessTree', () => {
  it('counts the time of children that have ended', async () => {
    const worked = await start(`sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; ${WAIT}`);
    expect(worked.cpuSeconds()).toBeGreaterThan(0);
  });

  it('sums the memory of all members', async () => {
    const one = await start(WAIT);
    const three = await start(`sh -c 'sh -c "${WAIT}"; true'; true`);
    expect(one.memory()).toBeGreaterThan(50_000);
    expect(three.memory()).toBeGreaterThan(1.5 * one.memory());
    three.forgetPeak();
    expect(three.peakMemory()).toBeGreaterThanOrEqual(three.memory());
  });

  it('says when its root has ended', async () => {
    const tree = await start(WAIT);
    await end(children[0]!);
    expect(() => tree.cpuSeconds()).toThrow('has ended');
  });
});
