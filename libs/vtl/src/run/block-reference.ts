import { VtlObject, type VtlValue } from '../java/value.js';
import type { Run } from './run.js';
import { ends } from './stop.js';

/** A block that is rendered where it is mentioned: of #define, and `$bodyContent`. Source: Velocity 1.7, Block.Reference. */
export class BlockReference extends VtlObject {
  readonly javaClass = 'org.apache.velocity.runtime.directive.Block$Reference';
  private depth = 0;

  constructor(
    private readonly body: (run: Run) => void,
    private readonly mostDepth: number,
  ) {
    super();
  }

  /**
   * Writes the block behind `prefix`.
   *
   * @returns false, with nothing written, when it stands within itself too deeply
   */
  render(run: Run, prefix = ''): boolean {
    if (this.depth >= this.mostDepth) return false;
    this.depth++;
    try {
      run.write(prefix);
      this.body(run);
    } catch (thrown) {
      if (!ends(thrown, this)) throw thrown;
    } finally {
      this.depth--;
    }
    return true;
  }

  print(run: Run): string | null {
    let isRendered = false;
    const text = run.capture(() => {
      isRendered = this.render(run);
    });
    return isRendered ? text : null;
  }

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    return name === 'toString' && args.length === 0 ? this.print(run) : undefined;
  }
}
