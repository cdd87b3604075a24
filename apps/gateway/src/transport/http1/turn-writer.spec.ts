import type { Wire } from '@gatehouse/http1';
import { describe, expect, it } from 'vitest';
import { TurnWriter } from './turn-writer.js';

/** Notes each write; `takes` says whether the kernel takes all. */
function noted(takes = true) {
  const writes: string[] = [];
  const stalls: string[] = [];
  const write = (text: string) => {
    writes.push(text);
    return takes;
  };
  const wire = {
    writeText: write,
    writeBytes: (bytes: Buffer) => write(bytes.toString('latin1')),
    writeTextAndBytes: (text: string, bytes: Buffer) => write(text + bytes.toString('latin1')),
  } as Wire;
  return { writes, stalls, writer: new TurnWriter(wire, () => stalls.push('stalled')) };
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
    const { writer, stalls } = noted(false);
    expect(writer.bytes(Buffer.alloc(8193))).toBe(false);
    expect(stalls).toEqual([]);
    expect(writer.text('x')).toBe(true);
    await turn();
    expect(stalls).toEqual(['stalled']);
    writer.text('x');
    expect(writer.flush()).toBe(false);
    await turn();
    expect(stalls).toEqual(['stalled']);
  });

  it('forgets what must not be sent', async () => {
    const { writer, writes } = noted();
    writer.text('part');
    writer.discard();
    await turn();
    expect(writes).toEqual([]);
  });
});
