import { spawn } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/**
 * Reads lines of process ids until there are no more, gives the last of them so many seconds to end, and kills those that have not. In the background, so
 * that nobody takes it for a worker; a shell, because a thread in each worker would cost 10 MB, and ends with a process that is stopped.
 */
const PROGRAM = `(
  trap '' TERM INT HUP
  while read -r line <&3; do pids=$line; done
  left=$1
  while [ -n "$pids" ]; do
    alive=
    for pid in $pids; do kill -0 "$pid" 2>/dev/null && alive="$alive $pid"; done
    pids=$alive
    [ "$left" -gt 0 ] || break
    left=$((left - 1))
    [ -z "$pids" ] || sleep 1
  done
  for pid in $pids; do kill -KILL "$pid"; done
) &`;

/** A process that a guard watches over. */
export type Guarded = Pick<EventEmitter, 'once'> & { readonly pid: number | null };

/**
 * Kills workers that outlive their supervisor by more than so many seconds. One that turns ends by itself then; one that hangs, or was stopped, would keep
 * the ports for ever. Where there is no shell, nothing is watched.
 */
export class WorkerGuard {
  private readonly pids = new Set<number>();
  /** Ends with this process, in whatever way that ends. */
  private readonly pipe: Socket | undefined;

  constructor(seconds: number) {
    const shell = spawn('/bin/sh', ['-c', PROGRAM, 'worker-guard', String(seconds)], {
      detached: true,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    shell.on('error', () => undefined).unref();
    this.pipe = shell.stdio?.[3] as Socket | undefined;
    this.pipe?.on('error', () => undefined).unref();
  }

  watch(process: Guarded): void {
    const { pid } = process;
    if (pid === null) return;
    this.pids.add(pid);
    this.tell();
    process.once('ended', () => {
      this.pids.delete(pid);
      this.tell();
    });
  }

  /** All have ended. */
  close(): void {
    this.pipe?.end();
  }

  private tell(): void {
    if (this.pipe?.writable) this.pipe.write(`${[...this.pids].join(' ')}\n`);
  }
}
