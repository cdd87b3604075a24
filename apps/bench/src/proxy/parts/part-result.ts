import type { Bar } from '../bar.js';
import type { Measurement } from '../measure.js';
import type { Part } from '../proxy-options.js';
import type { Summary } from '../summary.js';

/** What a part found out. */
export interface PartResult {
  readonly part: Part;
  readonly bars: readonly Bar[];
  readonly summaries?: readonly Summary[];
  readonly measurements?: readonly Measurement[];
  /** Why there is nothing of it. */
  readonly failure?: string;
  /** What has another form than measurements of requests. */
  readonly details?: unknown;
}
