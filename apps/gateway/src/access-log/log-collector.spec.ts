import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LogCollector } from './log-collector.js';
import type { LogSink } from './log-sink.js';

/** Takes batches when told. */
class ManualSink implements LogSink {
  text = '';
  closed = false;
  private readonly waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];

  write(batch: Buffer): Promise<void> {
    this.text += batch.toString();
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }
  async take(): Promise<void> {
    this.waiting.shift()?.resolve();
    await turn();
  }
  async fail(): Promise<void> {
    this.waiting.shift()?.reject(new Error('EPIPE'));
    await turn();
  }
  async close(): Promise<void> {
    this.closed = true;
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function collector(pipes: number) {
  const sink = new ManualSink();
  const log = new LogCollector(sink);
  const from = Array.from({ length: pipes }, () => new PassThrough());
  for (const pipe of from) log.collect(pipe);
  return { sink, log, from };
}

describe('LogCollector', () => {
  it('passes on whole lines only, however they come', async () => {
    const { sink, log, from } = collector(2);
    from[0]!.write('one\ntw');
    await turn();
    from[1]!.write('three\n');
    await turn();
    from[0]!.write('o');
    await turn();
    from[0]!.write('\nfour\n');
    await turn();
    await sink.take();
    await sink.take();
    expect(sink.text).toBe('one\nthree\ntwo\nfour\n');
    expect(log.dropped).toBe(0);
  });

  it('drops what broke off with who wrote it, and counts it', async () => {
    const { sink, log, from } = collector(2);
    from[0]!.write('whole\nhal');
    await turn();
    from[0]!.destroy();
    from[1]!.write('another\n');
    await turn();
    await sink.take();
    expect([sink.text, log.dropped]).toEqual(['whole\nanother\n', 1]);
  });

  it('reads no more while the sink is slow, and goes on after that', async () => {
    const { sink, from } = collector(1);
    const [pipe] = from;
    const lines = `${'x'.repeat(9_999)}\n`.repeat(50);
    pipe!.write(lines);
    await turn();
    let written = 1;
    while (!pipe!.isPaused()) {
      pipe!.write(lines);
      written++;
      await turn();
    }
    expect(written).toBeLessThan(10);
    while (sink.text.length < written * lines.length) await sink.take();
    await sink.take();
    expect(pipe!.isPaused()).toBe(false);
  });

  it('counts the lines that the sink refuses, and goes on', async () => {
    const { sink, log, from } = collector(1);
    from[0]!.write('a\nb\nc\n');
    await turn();
    await sink.fail();
    expect(log.dropped).toBe(3);
    from[0]!.write('d\n');
    await turn();
    expect(sink.text.endsWith('d\n')).toBe(true);
  });

  it('takes the last lines before it closes, and does not wait for ever', async () => {
    const { sink, log, from } = collector(1);
    from[0]!.end('last\n');
    const closing = log.close(10_000);
    await turn();
    await turn();
    await sink.take();
    await closing;
    expect([sink.text, sink.closed]).toEqual(['last\n', true]);
    const hanging = collector(1);
    hanging.from[0]!.write('never taken\n');
    await hanging.log.close(10);
    expect(hanging.sink.closed).toBe(true);
  });
});
