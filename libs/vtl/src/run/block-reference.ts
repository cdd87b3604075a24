import { VtlObject, type VtlValue } from '../java/value.js';
import type { MacroFrame } from './macro-frame.js';
import type { Run } from './run.js';
import { ends } from './stop.js';

/** A block that is rendered where it is mentioned: of #define, and `$bodyContent`. Source: Velocity 1.7, Block.Reference. */
export class BlockReference extends VtlObject {
  readonly javaClass = 'org.apache.velocity.runtime.directive.Block$Reference';
  private depth = 0;

  /** @param frame the macro that it stands in; undefined for the one that mentions it */
  constructor(
    private readonly render: (run: Run) => void,
    private readonly mostDepth: number,
    private readonly frame?: MacroFrame | null,
  ) {
    super();
  }

  print(run: Run): string | null {
    if (this.depth >= this.mostDepth) return null;
    const { frame } = run;
    if (this.frame !== undefined) run.frame = this.frame;
    this.depth++;
    try {
      return run.capture((inner) => {
        try {
          this.render(inner);
        } catch (thrown) {
          if (!ends(thrown, this)) throw thrown;
        }
      });
    } finally {
      this.depth--;
      run.frame = frame;
    }
  }

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    return name === 'toString' && args.length === 0 ? this.print(run) : undefined;
  }
}
