/** Random numbers that a seed determines (xorshift128, Marsaglia 2003), so that a failure can be had again. */
export class Random {
  private state: Uint32Array;

  constructor(seed: number) {
    this.state = Uint32Array.of(seed, seed ^ 0x9e3779b9, 0x243f6a88, 0xb7e15162);
    for (let i = 0; i < 16; i++) this.below(2);
  }

  /** A whole number of 0 to `limit` - 1. */
  below(limit: number): number {
    const { state } = this;
    let t = state[3] as number;
    const s = state[0] as number;
    state[3] = state[2] as number;
    state[2] = state[1] as number;
    state[1] = s;
    t ^= t << 11;
    t ^= t >>> 8;
    state[0] = t ^ s ^ (s >>> 19);
    return (state[0] as number) % limit;
  }

  /** True in one of `times` cases. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

/** For a run of one's own: `SEED` and `MESSAGES` in the environment. */
export function runOf(messages: number): { seed: number; messages: number } {
  return {
    seed: Number(process.env['SEED'] ?? Math.floor(Math.random() * 0xffffffff)),
    messages: Number(process.env['MESSAGES'] ?? messages),
  };
}
