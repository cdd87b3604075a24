import type { HostileLab } from './hostile-lab.js';

/** Milliseconds between two looks. */
const INTERVAL = 100;

/** Looks at the memory of a gateway's worker again and again: what its collector has left is the least that is seen. */
export class MemoryWatch {
  /** Bytes of the heap for each stretch of time that `take` has ended, oldest first. */
  readonly heaps: number[] = [];
  private heap = Infinity;
  private resident = Infinity;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly lab: HostileLab) {
    this.timer = setInterval(() => void this.look().catch(() => undefined), INTERVAL);
  }

  private async look(): Promise<void> {
    const [heap, resident] = await Promise.all(
      ['nodejs_heap_size_used_bytes', 'process_resident_memory_bytes'].map((name) => this.lab.metric(name, /worker="1"/)),
    );
    this.heap = Math.min(this.heap, heap!);
    this.resident = Math.min(this.resident, resident!);
  }

  /** The least that was seen since the last time. */
  take(): { heap: number; resident: number } {
    const { heap, resident } = this;
    this.heaps.push(heap);
    this.heap = this.resident = Infinity;
    return { heap, resident };
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
