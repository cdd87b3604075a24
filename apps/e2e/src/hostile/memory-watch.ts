import type { HostileLab } from './hostile-lab.js';

/** Milliseconds between two looks. */
const INTERVAL = 100;

/** Looks at the memory of a gateway's worker again and again: what its collector has left is the least that is seen. */
export class MemoryWatch {
  /** Bytes of the heap for each stretch of time that `take` has ended, oldest first. */
  readonly heaps: number[] = [];
  private heap = Infinity;
  private resident = Infinity;
  private readonly looks: Promise<void>;
  private stopped = false;

  constructor(private readonly lab: HostileLab) {
    this.looks = this.lookOn();
  }

  private async lookOn(): Promise<void> {
    while (!this.stopped) {
      await this.look();
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
  }

  private async look(): Promise<void> {
    const heap = await this.lab.metric('nodejs_heap_size_used_bytes', /worker="1"/);
    const resident = await this.lab.metric('process_resident_memory_bytes', /worker="1"/);
    // A busy worker may not tell in time.
    if (heap > 0) this.heap = Math.min(this.heap, heap);
    if (resident > 0) this.resident = Math.min(this.resident, resident);
  }

  /** The least that was seen since the last time. */
  take(): { heap: number; resident: number } {
    const { heap, resident } = this;
    this.heaps.push(heap);
    this.heap = this.resident = Infinity;
    return { heap, resident };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.looks;
  }
}
