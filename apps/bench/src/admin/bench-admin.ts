import { calibration } from '../calibration.js';
import type { Cleanup } from '../cleanup.js';
import { Installation } from '../installation.js';
import type { Bar } from '../proxy/bar.js';
import type { AdminOptions, AdminPart } from './admin-options.js';
import { benchImport } from './parts/import.js';
import { benchApis } from './parts/many-apis.js';
import { benchKeys } from './parts/many-keys.js';
import { benchParallelClients } from './parts/parallel-clients.js';

/** One part of the benchmark, on an installation of its own. */
export type BenchPart = (installation: Installation, options: AdminOptions, print: (line: string) => void) => Promise<Bar[]>;

const PARTS: Record<AdminPart, BenchPart> = {
  import: benchImport,
  apis: benchApis,
  keys: benchKeys,
  parallel: benchParallelClients,
};

/** What calls of the admin API cost with much of everything. Returns whether all bars were met. */
export async function benchAdmin(options: AdminOptions, cleanup: Cleanup, print: (line: string) => void): Promise<boolean> {
  const { parts, apis, keys, calls, seconds } = options;
  print(`npm run bench -- admin --only ${parts.join(',')} --apis ${apis} --keys ${keys} --calls ${calls} --seconds ${seconds}`);
  print(calibration());
  const bars: Bar[] = [];
  for (const part of parts) {
    print(`\n${part}`);
    const installation = await Installation.start(cleanup);
    try {
      bars.push(...(await PARTS[part](installation, options, print)));
    } finally {
      await installation.stop();
    }
  }
  print(`\n${calibration()}\n`);
  for (const { work, wanted, figure, verdict } of bars) print(`${verdict}: ${work}: ${figure} (${wanted})`);
  return bars.every(({ verdict }) => verdict === 'met');
}
