import { describe, expect, it } from 'vitest';
import { AccessLog } from './access-log.js';
import { PartlyWritten, type LogSink } from './log-sink.js';

/** Takes batches when told. */
class ManualSink implements LogSink {
  readonly batches: string[] = [];
  closed = false;
  private readonly answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  private readonly arrivals: (() => void)[] = [];

  write(batch: Buffer): Promise<void> {
    this.batches.push(batch.toString());
    this.arrivals.shift()?.();
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
  }
  arrival(): Promise<void> {
    return new Promise((resolve) => this.arrivals.push(resolve));
  }
  take(): void {
    this.answers.shift()?.resolve();
  }
  fail(error = new Error('ENOSPC')): void {
    this.answers.shift()?.reject(error);
  }
  async close(): Promise<void> {
    this.closed = true;
  }
}

const LONG = 'x'.repeat(70_000);

describe('AccessLog', () => {
  it('gathers lines into batches, one on its way at a time', async () => {
    const sink = new ManualSink();
    const log = new AccessLog(sink);
    const first = sink.arrival();
    log.write('one');
    log.write('two');
    expect(sink.batches).toEqual([]);
    await first;
    log.write('three');
    log.write(LONG);
    expect(sink.batches).toEqual(['one\ntwo\n']);
    for (const _ of [1, 2]) {
      const next = sink.arrival();
      sink.take();
      await next;
    }
    expect(sink.batches[1]).toBe('three\n');
    expect(sink.batches[2] === `${LONG}\n`).toBe(true);
  });

  it('leaves a batch to its sink as it was, whatever comes meanwhile', async () => {
    const kept: Buffer[] = [];
    const takes: (() => void)[] = [];
    const log = new AccessLog({
      write: (batch) => (kept.push(batch), new Promise((resolve) => takes.push(resolve))),
      close: () => Promise.resolve(),
    });
    const lines: string[] = [];
    let read = '';
    for (let n = 0; n < 2000; n++) {
      lines.push(`${n} ${'x'.repeat((n * 37) % 700)}\n`);
      log.write(lines[n]!.slice(0, -1));
      if (n % 90 < 89 || takes.length === 0) continue;
      read += kept.shift()!.toString('latin1');
      takes.shift()!();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const closing = log.close(10_000);
    while (takes.length > 0) {
      read += kept.shift()!.toString('latin1');
      takes.shift()!();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await closing;
    expect(read === lines.join('')).toBe(true);
  });

  it('drops and counts what a slow sink does not take, and never waits', () => {
    const log = new AccessLog(new ManualSink());
    for (let n = 0; n < 1000; n++) log.write(LONG);
    expect(log.dropped).toBeGreaterThan(800);
    expect(log.dropped).toBeLessThan(1000);
  });

  it('drops and counts what a full disk refuses, and goes on', async () => {
    const sink = new ManualSink();
    const log = new AccessLog(sink);
    log.write(LONG);
    sink.fail();
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.dropped).toBe(1);
    log.write(LONG);
    expect(sink.batches).toHaveLength(2);
  });

  it('counts only lines of which something is missing', async () => {
    const sink = new ManualSink();
    const log = new AccessLog(sink);
    const arrived = sink.arrival();
    for (const line of ['whole', 'torn', 'missing']) log.write(line);
    await arrived;
    sink.fail(new PartlyWritten('whole\nto'.length, new Error('ENOSPC')));
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.dropped).toBe(2);
  });

  it('writes the last lines before it closes', async () => {
    const sink = new ManualSink();
    const log = new AccessLog(sink);
    log.write('last');
    const closing = log.close(10_000);
    sink.take();
    await closing;
    expect([sink.batches, sink.closed]).toEqual([['last\n'], true]);
  });

  it('does not wait for ever for a sink that hangs', async () => {
    const sink = new ManualSink();
    const log = new AccessLog(sink);
    log.write('last');
    await log.close(10);
    expect(sink.closed).toBe(true);
  });
});
