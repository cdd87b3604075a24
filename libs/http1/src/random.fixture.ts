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

/** Of this run: `SEED` in the environment, or another each time. */
export const seed = numberOf('SEED', Math.floor(Math.random() * 0xffffffff));

/** What the environment says, for a run by hand. */
export function numberOf(name: string, otherwise: number): number {
  return Number(process.env[name] ?? otherwise);
}
