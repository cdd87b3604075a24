import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, shortNumber } from '../bar.js';
import type { Print } from '../compare.js';
import { startTestedGateway } from '../gateway.js';
import type { Lab } from '../lab.js';
import { measure } from '../measure.js';
import { sumOf } from '../metrics.js';
import type { ProxyOptions } from '../proxy-options.js';
import { HOST } from '../surroundings.js';
import { table } from '../table.js';
import type { PartResult } from './part-result.js';

const MB = 1_000_000;
const WORK = { resource: 'small', connections: 64 } as const;
/** One line of the table: long enough that a collection of the whole heap falls into it. */
const STRETCH_SECONDS = 15;
/** Enough for the requests that were asked for on a machine of a twentieth of the speed. */
const MOST_STRETCHES = 500;
const LOOK_MS = 100;
/** What the collector may leave for later. */
const SLACK_MB = 4;

interface Stretch {
  /** Since the start, at the end of it. */
  readonly requests: number;
  /** Bytes: the least that was seen in it. */
  readonly heap: number;
  readonly resident: number;
}

/** The memory of a gateway's worker over millions of requests with a key and a plan: what its collector leaves must not grow. */
export async function soak(lab: Lab, { soakMillions }: ProxyOptions, print: Print): Promise<PartResult> {
  print(`\nsoak: ${soakMillions} million requests with key and plan, 100 bytes, ${WORK.connections} connections`);
  const gateway = await startTestedGateway(lab.installation, lab.surroundings.core);
  await lab.apis.served(gateway);
  const system = lab.apis.systems(gateway).find(({ id }) => id === 'gateway-key')!;
  const stretches: Stretch[] = [];
  let requests = 0;
  while (requests < soakMillions * 1_000_000 && stretches.length < MOST_STRETCHES) {
    const least = new LeastMemory(gateway.internalPort);
    const { invalid, requests: more } = await measure(lab, system, WORK, STRETCH_SECONDS);
    if (invalid !== null) throw new Error(invalid);
    stretches.push({ requests: (requests += more), ...(await least.end()) });
  }
  await gateway.process.stop();

  const rows = stretches.map((one) => [String(one.requests), shortNumber(one.heap / MB), shortNumber(one.resident / MB)]);
  for (const line of table(['requests', 'heap MB', 'resident MB'], rows)) print(line);
  const half = Math.ceil(stretches.length / 2);
  const leastHeap = (from: number, to: number) => Math.min(...stretches.slice(from, to).map(({ heap }) => heap));
  const growth = leastHeap(half, stretches.length) - leastHeap(0, half);
  return {
    part: 'soak',
    bars: [
      atMost(growth / MB, { work: `heap of the second half of ${requests} requests, less the first`, bar: SLACK_MB, of: 'MB' }),
    ],
    details: stretches,
  };
}

/** Looks at the gateway's own figures of its worker until it is ended. */
class LeastMemory {
  private heap = Infinity;
  private resident = Infinity;
  private ended = false;
  private readonly looks: Promise<void>;

  constructor(private readonly internalPort: number) {
    this.looks = this.lookOn();
  }

  private async lookOn(): Promise<void> {
    while (!this.ended) {
      const page = await (await fetch(`http://${HOST}:${this.internalPort}/metrics`)).text();
      const workers = page.replaceAll(/^.*worker="supervisor".*$/gm, '');
      const [heap, resident] = ['nodejs_heap_size_used_bytes', 'process_resident_memory_bytes'].map((name) =>
        sumOf(workers, name),
      );
      // A busy worker may not tell in time.
      if (heap) this.heap = Math.min(this.heap, heap);
      if (resident) this.resident = Math.min(this.resident, resident);
      await sleep(LOOK_MS);
    }
  }

  async end(): Promise<{ heap: number; resident: number }> {
    this.ended = true;
    await this.looks;
    return { heap: this.heap, resident: this.resident };
  }
}
