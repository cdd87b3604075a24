import { calibration } from '../calibration.js';
import type { Cleanup } from '../cleanup.js';
import { Installation } from '../installation.js';
import type { RunningProcess } from '../processes/running-process.js';
import type { Bar } from '../proxy/bar.js';
import { FunctionsApi } from './functions-api.js';
import type { FunctionsOptions, FunctionsPart } from './functions-options.js';
import { benchCold } from './parts/cold.js';
import { benchConcurrent } from './parts/concurrent.js';
import { benchKilled } from './parts/killed.js';
import { benchMemory } from './parts/memory.js';
import { benchWarm } from './parts/warm.js';

/** What the parts share. */
export interface FunctionsLab {
  readonly api: FunctionsApi;
  /** The functions service. */
  readonly functions: RunningProcess;
  readonly options: FunctionsOptions;
  readonly print: (line: string) => void;
}

export type FunctionsBenchPart = (lab: FunctionsLab) => Promise<Bar[]>;

const PARTS: Record<FunctionsPart, FunctionsBenchPart> = {
  cold: benchCold,
  warm: benchWarm,
  concurrent: benchConcurrent,
  killed: benchKilled,
  memory: benchMemory,
};

/** What functions behind an API cost, called through a gateway. Returns whether all bars were met. */
export async function benchFunctions(
  options: FunctionsOptions,
  cleanup: Cleanup,
  print: (line: string) => void,
): Promise<boolean> {
  const { parts, cold, calls, invocations } = options;
  print(`npm run bench -- functions --only ${parts.join(',')} --cold ${cold} --calls ${calls} --invocations ${invocations}`);
  print(calibration());
  const installation = await Installation.start(cleanup);
  const bars: Bar[] = [];
  try {
    const functions = await installation.startFunctions();
    const gateway = await installation.startGateway({ env: { GATEHOUSE_LAMBDA_ENDPOINT: functions.endpoint } });
    const api = new FunctionsApi(installation.admin, gateway.port);
    for (const part of parts) {
      print(`\n${part}`);
      bars.push(...(await PARTS[part]({ api, functions: functions.process, options, print })));
    }
  } finally {
    await installation.stop();
  }
  print(`\n${calibration()}\n`);
  for (const { work, wanted, figure, verdict } of bars) print(`${verdict}: ${work}: ${figure} (${wanted})`);
  return bars.every(({ verdict }) => verdict === 'met');
}
