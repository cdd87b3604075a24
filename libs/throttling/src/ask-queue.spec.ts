import { describe, expect, it } from 'vitest';
import { AnswerWatch } from './answer-watch.js';
import { AskQueue } from './ask-queue.js';

class FakeLease {
  queued = true;
  failures = 0;
  decidedLocally = 0;
  constructor(readonly name: string) {}
  sent(): void {
    this.queued = false;
  }
  failed(): void {
    this.queued = false;
    this.failures += 1;
  }
  decideLocally(): void {
    this.decidedLocally += 1;
  }
}

/** A queue whose round trips end when the test says so. */
function openQueue() {
  const trips: { leases: FakeLease[]; end: () => void; fail: (error: Error) => void }[] = [];
  const errors: string[] = [];
  const queue = new AskQueue<FakeLease>(
    (leases) => new Promise<void>((end, fail) => trips.push({ leases, end, fail })),
    new AnswerWatch(60_000, () => undefined),
    (error) => errors.push(error.message),
  );
  const leases = (count: number, name: string) => Array.from({ length: count }, (_, i) => new FakeLease(`${name} ${i}`));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { queue, trips, errors, leases, turn };
}

describe('AskQueue', () => {
  it('has two round trips open at most and sends the rest as they end', async () => {
    const { queue, trips, leases, turn } = openQueue();
    for (const lease of leases(120, 'lease')) queue.push(lease, false);
    await turn();
    expect(trips.map(({ leases }) => leases.length)).toEqual([50, 50]);
    trips[0]!.end();
    await turn();
    expect(trips.map(({ leases }) => leases.length)).toEqual([50, 50, 20]);
  });

  it('lets leases for which a request waits go ahead, and asks each once', async () => {
    const { queue, trips, leases, turn } = openQueue();
    const background = leases(200, 'background');
    for (const lease of background) queue.push(lease, false);
    await turn();
    const [urgent] = leases(1, 'urgent');
    queue.push(urgent!, true);
    queue.push(background[150]!, true);
    trips[0]!.end();
    await turn();
    expect(trips[2]!.leases.slice(0, 3).map(({ name }) => name)).toEqual(['urgent 0', 'background 150', 'background 100']);
    trips[1]!.end();
    trips[2]!.end();
    await turn();
    const asked = trips.flatMap(({ leases }) => leases);
    expect(asked).toHaveLength(201);
    expect(new Set(asked).size).toBe(201);
  });

  it('fails what was not sent and lets the rest decide locally when it gives up', async () => {
    const { queue, leases, turn } = openQueue();
    const all = leases(101, 'lease');
    for (const lease of all) queue.push(lease, false);
    await turn();
    queue.giveUp();
    expect(all.map(({ failures }) => failures).indexOf(1)).toBe(100);
    expect(all.filter(({ decidedLocally }) => decidedLocally === 1)).toHaveLength(100);
  });

  it('tells the leases of a failed round trip, and goes on', async () => {
    const { queue, trips, errors, leases, turn } = openQueue();
    const [first, second] = leases(2, 'lease');
    queue.push(first!, true);
    await turn();
    trips[0]!.fail(new Error('broken'));
    await turn();
    expect(first!.failures).toBe(1);
    expect(errors).toEqual(['broken']);
    queue.push(second!, true);
    await turn();
    const drained = queue.drained();
    trips[1]!.end();
    await drained;
    expect(second!.failures).toBe(0);
  });
});
