import type { VtlValue } from '../java/value.js';
import type { Run } from './run.js';

/** An argument of a macro: evaluated where it is mentioned, in what surrounds the call. */
export interface MacroArgument {
  value: (run: Run) => VtlValue;
  /** How the caller wrote it, which is printed where it is null. */
  literal: string;
}

/** A macro that runs: its arguments over the variables of its caller. Source: Velocity 1.7, ProxyVMContext. */
export class MacroFrame {
  private readonly local = new Map<string, VtlValue>();

  constructor(
    readonly outer: MacroFrame | null,
    readonly depth: number,
    private readonly args: ReadonlyMap<string, MacroArgument>,
  ) {}

  get(name: string, run: Run): VtlValue {
    const local = this.local.get(name);
    if (local !== undefined && local !== null) return local;
    const argument = this.args.get(name);
    if (argument !== undefined) return this.inCaller(run, () => argument.value(run));
    return this.outer === null ? run.variable(name) : this.outer.get(name, run);
  }

  /** What is set in a macro hides its arguments of that name. */
  shadow(name: string, value: VtlValue): void {
    if (this.args.has(name)) this.local.set(name, value);
  }

  /** What is printed for `$name` where it is null. */
  literal(name: string): string | undefined {
    return this.args.get(name)?.literal ?? this.outer?.literal(name);
  }

  inCaller<Result>(run: Run, work: () => Result): Result {
    const { frame } = run;
    run.frame = this.outer;
    try {
      return work();
    } finally {
      run.frame = frame;
    }
  }
}
