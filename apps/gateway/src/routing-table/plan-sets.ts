interface PlanSet {
  readonly name: string;
  readonly usagePlanIds: readonly string[];
  keys: number;
}

/** Sets of usage plans, by number: each is kept once, for as long as a key has it. */
export class PlanSets {
  private readonly byName = new Map<string, number>();
  private readonly list: (PlanSet | undefined)[] = [];
  private readonly free: number[] = [];

  get size(): number {
    return this.byName.size;
  }

  /** The number of a set, for one more key. */
  take(usagePlanIds: readonly string[]): number {
    const name = JSON.stringify(usagePlanIds);
    let index = this.byName.get(name);
    if (index === undefined) {
      index = this.free.pop() ?? this.list.length;
      this.list[index] = { name, usagePlanIds: [...usagePlanIds], keys: 0 };
      this.byName.set(name, index);
    }
    this.list[index]!.keys += 1;
    return index;
  }

  /** One key has the set no more. */
  release(index: number): void {
    const set = this.list[index]!;
    set.keys -= 1;
    if (set.keys > 0) return;
    this.byName.delete(set.name);
    this.list[index] = undefined;
    this.free.push(index);
  }

  at(index: number): readonly string[] {
    return this.list[index]!.usagePlanIds;
  }
}
