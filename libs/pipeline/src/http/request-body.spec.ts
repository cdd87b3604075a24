import { describe, expect, it } from 'vitest';
import type { BodySink, BodyStream } from './body-stream.js';
import { BodyBroken, BodyTooLarge, StreamedBody } from './request-body.js';

/** A stream that gives its next step (text, end, failure) only while it flows. */
class ScriptedStream implements BodyStream {
  private sink: BodySink | null = null;
  private flowing = false;
  destroyed = false;
  constructor(private readonly steps: (string | Error)[]) {}
  start(sink: BodySink): void {
    this.sink = sink;
    this.resume();
  }
  pause(): void {
    this.flowing = false;
  }
  resume(): void {
    this.flowing = true;
    queueMicrotask(() => this.go());
  }
  destroy(): void {
    this.destroyed = true;
    this.sink = null;
  }
  private go(): void {
    while (this.flowing && this.sink) {
      const step = this.steps.shift();
      if (step instanceof Error) return this.sink.fail(step);
      if (step === undefined) {
        this.flowing = false;
        return this.sink.end();
      }
      // Lent as a wire lends its chunks: what comes next is in the same memory.
      const lent = Buffer.from(step);
      this.sink.data(lent);
      lent.fill('#');
    }
  }
}

const bodyOf = (...steps: (string | Error)[]) => new StreamedBody(new ScriptedStream(steps), null);
const text = async (bytes: Promise<Buffer>) => (await bytes).toString();

describe('StreamedBody', () => {
  it('collects', async () => {
    expect(await text(bodyOf('one', 'two').collect(6))).toBe('onetwo');
    expect(await text(bodyOf().collect(0))).toBe('');
  });
  it('keeps nothing that it was lent', async () => {
    const body = bodyOf('one', 'two', 'three');
    const first = await body.peek(4);
    const all = await body.collect(100);
    expect([first.toString(), all.toString()]).toEqual(['onet', 'onetwothree']);
  });
  it('refuses to collect more than the limit', async () => {
    const source = new ScriptedStream(['one', 'two', 'three']);
    await expect(new StreamedBody(source, null).collect(5)).rejects.toThrow(BodyTooLarge);
    expect(source.destroyed).toBe(true);
  });
  it('tells that the client broke off', async () => {
    await expect(bodyOf('one', new BodyBroken()).collect(10)).rejects.toThrow(BodyBroken);
    await expect(bodyOf('one', new BodyBroken()).peek(10)).rejects.toThrow(BodyBroken);
  });
  it('peeks, more than once, and gives all of it again', async () => {
    const body = bodyOf('one', 'two', 'three');
    expect(await text(body.peek(2))).toBe('on');
    expect(await text(body.peek(5))).toBe('onetw');
    expect(await text(body.peek(1))).toBe('o');
    expect(await text(body.collect(100))).toBe('onetwothree');
  });
  it('peeks into a body that is shorter', async () => {
    const body = bodyOf('one');
    expect(await text(body.peek(100))).toBe('one');
    expect(await text(body.collect(100))).toBe('one');
  });
  it('counts what was peeked against the limit', async () => {
    const body = bodyOf('one', 'two');
    await body.peek(3);
    await expect(body.collect(5)).rejects.toThrow(BodyTooLarge);
  });
  it('reads no further than it must to peek', async () => {
    const steps = ['one', 'two', 'three'];
    await new StreamedBody(new ScriptedStream(steps), null).peek(2);
    expect(steps).toEqual(['two', 'three']);
  });
  it('keeps a pause that was asked for while peeked bytes were given', async () => {
    const steps = ['one', 'two'];
    const body = new StreamedBody(new ScriptedStream(steps), null);
    await body.peek(1);
    const stream = body.stream(100);
    const got: string[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      stream.start({
        data: (chunk) => {
          got.push(chunk.toString());
          stream.pause();
        },
        end: resolve,
        fail: reject,
      });
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(got).toEqual(['one']);
    stream.resume();
    await new Promise((resolve) => setImmediate(resolve));
    expect(got).toEqual(['one', 'two']);
    stream.resume();
    await ended;
  });
});
