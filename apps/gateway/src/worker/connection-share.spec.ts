import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConnectionShare } from './connection-share.js';

/** As much of an accepted socket as is looked at. */
function accepted() {
  const handle = { closed: false, close: () => void (handle.closed = true) };
  const innards: { _handle: typeof handle | null } = { _handle: handle };
  return { handle, innards, socket: innards as unknown as Socket };
}

describe('ConnectionShare', () => {
  const share = (open: () => number) => {
    const sent: (() => void)[] = [];
    return { sent, share: new ConnectionShare(open, (_listener, _handle, done) => sent.push(done)) };
  };

  it('keeps everything until it knows what the others have', () => {
    const { share: alone, sent } = share(() => 1_000_000);
    expect(alone.giveAway('http', accepted().socket)).toBe(false);
    expect(sent).toEqual([]);
  });

  it('gives away what comes beyond its share, and lets go of it only when it has left', () => {
    let open = 11;
    const { share: one, sent } = share(() => open);
    one.learn(8);
    const { innards, socket, handle } = accepted();
    expect(one.giveAway('http', socket)).toBe(false);
    open = 13;
    expect(one.giveAway('http', socket)).toBe(true);
    expect([innards._handle, handle.closed]).toEqual([null, false]);
    sent[0]!();
    expect(handle.closed).toBe(true);
    one.learn(100);
    expect(one.giveAway('http', accepted().socket)).toBe(false);
  });

  it('keeps what it accepts while too many are on their way, and what has gone already', () => {
    const { share: one, sent } = share(() => 100);
    one.learn(0);
    while (one.giveAway('http', accepted().socket));
    expect(sent).toHaveLength(256);
    sent[0]!();
    const gone = accepted();
    gone.innards._handle = null;
    expect(one.giveAway('http', gone.socket)).toBe(false);
    expect(one.giveAway('https', accepted().socket)).toBe(true);
  });
});
