import { describe, expect, it } from 'vitest';
import { TurnWriter } from './turn-writer.js';
import type { Wire } from './wire.js';

/** Notes each write; `takes` says whether the kernel takes all. */
function noted(takes = true) {
  const writes: string[] = [];
  const ends: boolean[] = [];
  const write = (text: string) => {
    writes.push(text);
    return takes;
  };
  const wire = {
    waiting: takes ? 0 : 1,
    writeText: write,
    writeBytes: (bytes: Buffer) => write(bytes.toString('latin1')),
    writeTextAndBytes: (text: string, bytes: Buffer) => write(text + bytes.toString('latin1')),
  } as Wire;
  const writer: TurnWriter = new TurnWriter(wire, () => ends.push(writer.waits));
  return { writes, ends, writer };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('TurnWriter', () => {
  it('makes one write of what comes in one turn, when the turn ends', async () => {
    const { writer, writes } = noted();
    expect([writer.text('head'), writer.bytes(Buffer.from('\xe9', 'latin1')), writer.text('end')]).toEqual([true, true, true]);
    expect(writes).toEqual([]);
    await turn();
    expect(writes).toEqual(['head\xe9end']);
    writer.text('next');
    await turn();
    expect(writes).toEqual(['head\xe9end', 'next']);
  });

  it('writes at once when it is told to', async () => {
    const { writer, writes } = noted();
    writer.text('all');
    writer.flush();
    expect(writes).toEqual(['all']);
    await turn();
    writer.flush();
    expect(writes).toEqual(['all']);
  });

  it('writes large bytes from where they lie, with the text before them', async () => {
    const { writer, writes } = noted();
    writer.text('head');
    writer.bytes(Buffer.alloc(8193, 'x'));
    writer.bytes(Buffer.alloc(8193, 'y'));
    expect(writes).toEqual([`head${'x'.repeat(8193)}`, 'y'.repeat(8193)]);
    await turn();
    expect(writes).toHaveLength(2);
  });

  it('does not hold more than a little', () => {
    const { writer, writes } = noted();
    for (let n = 0; n < 3; n++) writer.bytes(Buffer.alloc(8192, 'x'));
    expect(writes.map(({ length }) => length)).toEqual([24_576]);
  });

  it('tells when the other side takes no more, at once or when the turn ends', async () => {
    const { writer, ends } = noted(false);
    expect(writer.bytes(Buffer.alloc(8193))).toBe(false);
    expect(writer.text('x')).toBe(true);
    expect(ends).toEqual([]);
    await turn();
    expect([ends, writer.takenAtOnce]).toEqual([[true], false]);
    writer.text('x');
    expect(writer.flush()).toBe(false);
    await turn();
    expect(ends).toEqual([true, true]);
  });

  it('knows what the kernel has not seen, and what it has not taken', async () => {
    const { writer, ends } = noted();
    expect([writer.holds, writer.waits]).toEqual([false, false]);
    writer.text('x');
    expect([writer.holds, writer.waits]).toEqual([true, true]);
    await turn();
    expect([writer.holds, writer.waits, writer.takenAtOnce, ends]).toEqual([false, false, true, [false]]);
  });

  it('writes for all before it tells anyone, and never while somebody hands it text', async () => {
    const told: string[] = [];
    const order: string[] = [];
    const writers = Array.from({ length: 20 }, (_, n) => {
      const wire = { waiting: 0, writeText: (text: string) => order.push(`${n}${text}`) > 0 } as unknown as Wire;
      return new TurnWriter(wire, () => {
        told.push(`${n} after ${order.length}`);
        if (n === 0) writers[1]!.text('again');
      });
    });
    writers.forEach((writer) => writer.text('a'));
    // Those of whom others would have to wait for too long.
    expect(order).toEqual(Array.from({ length: 16 }, (_, n) => `${n}a`));
    expect(told).toEqual([]);
    writers[3]!.text('b');
    await turn();
    expect(order.slice(16)).toEqual(['16a', '17a', '18a', '19a', '3b']);
    expect(told.slice(0, 3)).toEqual(['0 after 21', '1 after 21', '2 after 21']);
    await turn();
    expect(order.slice(21)).toEqual(['1again']);
  });

  it('forgets what must not be sent', async () => {
    const { writer, writes } = noted();
    writer.text('part');
    writer.discard();
    await turn();
    expect(writes).toEqual([]);
  });
});
