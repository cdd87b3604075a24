import type { Cleanup } from '../cleanup.js';
import type { Program, ProgramName } from './programs.js';

/** What a system under test is started with. */
export interface Surroundings {
  readonly programs: ReadonlyMap<ProgramName, Program>;
  /** For its files; removed at the end. */
  readonly directory: string;
  readonly backendPort: number;
  /** The core that it has for itself; null where nothing is pinned. */
  readonly core: number | null;
  /** How many files it may open. */
  readonly openFiles: number;
  /** Values of the API keys that a system with keys knows. The load sends the first. */
  readonly keys: readonly string[];
  readonly cleanup: Cleanup;
}

export const HOST = '127.0.0.1';

/** The header in which clients send their API key. */
export const KEY_HEADER = 'x-api-key';
