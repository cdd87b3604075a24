import { calibration } from '../calibration.js';
import type { Cleanup } from '../cleanup.js';
import { Installation } from '../installation.js';
import { atLeast, atMost, type Bar } from '../proxy/bar.js';
import { createQuota, serveLimited, type Rate } from './limited-api.js';
import type { LimitsOptions, LimitsPart } from './limits-options.js';
import { runPacedLoad, type PacedResult } from './paced-load.js';
import { mostInTenSeconds, totalOf } from './windows.js';

const GATEWAYS = 4;
/** Of the limit: below it, a little above, and far above. What a machine with two cores can ask at all bounds the last. */
const OFFERED = [0.9, 1.2, 2];
const MOST_OFFERED = 15_000;
const WINDOW_SECONDS = 10;
/** With fewer, the one that is due when the load ends is more than a hundredth of them. */
const LEAST_REQUESTS = 300;
/** Load that reached less than this of what was wanted says nothing. */
const REACHED = 0.97;

interface Lab {
  readonly options: LimitsOptions;
  readonly installation: Installation;
  readonly ports: readonly number[];
  readonly base: string;
  readonly apiId: string;
  readonly print: (line: string) => void;
}

const PARTS: Record<LimitsPart, (lab: Lab) => Promise<Bar[]>> = { rates: benchRates, quota: benchQuota, away: benchAway };

/** How exactly limits hold over several gateways. Returns whether all bars were met. */
export async function benchLimits(options: LimitsOptions, cleanup: Cleanup, print: (line: string) => void): Promise<boolean> {
  const { parts, rates, seconds } = options;
  print(`npm run bench -- limits --only ${parts.join(',')} --rates ${rates.join(',')} --seconds ${seconds}`);
  print(calibration());
  const installation = await Installation.start(cleanup);
  const bars: Bar[] = [];
  try {
    const ports: number[] = [];
    for (let n = 0; n < GATEWAYS; n++) {
      const env = { GATEHOUSE_WORKERS: '1', GATEHOUSE_ACCESS_LOG: 'off' };
      ports.push((await installation.startGateway({ env })).port);
    }
    const { apiId, base } = await serveLimited(installation.admin, rates.map(rateOf));
    for (const part of parts) {
      print(`\n${part}`);
      bars.push(...(await PARTS[part]({ options, installation, ports, base, apiId, print })));
    }
  } finally {
    await installation.stop();
  }
  print(`\n${calibration()}\n`);
  for (const { work, wanted, figure, verdict } of bars) print(`${verdict}: ${work}: ${figure} (${wanted})`);
  return bars.every(({ verdict }) => verdict === 'met');
}

/** A bucket of one second, up to as much as AWS gives an account. */
function rateOf(rate: number): Rate {
  return { rate, burst: Math.min(rate, 5_000) };
}

async function benchRates({ options, ports, base, print }: Lab): Promise<Bar[]> {
  const { rates } = options;
  const bars: Bar[] = [];
  for (const limit of rates.map(rateOf)) {
    const seconds = Math.max(options.seconds, Math.ceil(LEAST_REQUESTS / limit.rate));
    for (const factor of OFFERED) {
      const offered = limit.rate * factor;
      if (offered > MOST_OFFERED) continue;
      for (const [where, targets] of [
        ['spread', ports],
        ['on one', ports.slice(0, 1)],
      ] as const) {
        const name = `${limit.rate}/s, offered ${factor} x, ${where}`;
        const result = await runPacedLoad({
          ports: targets,
          path: `${base}/rate-${limit.rate}`,
          headers: {},
          rate: offered,
          seconds,
        });
        print(`${name}: ${describe(result)}`);
        bars.push(...judge(name, limit, offered, seconds, result));
        await refilled(limit);
      }
    }
  }
  return bars;
}

function judge(name: string, { rate, burst }: Rate, offered: number, seconds: number, result: PacedResult): Bar[] {
  const allowed = rate * WINDOW_SECONDS + burst;
  const over = mostInTenSeconds(result.admitted) - allowed;
  const admissible = Math.min(result.sent, rate * seconds + burst);
  const reached = result.sent >= offered * seconds * REACHED && result.failed === 0;
  const share = (totalOf(result.admitted) / admissible) * 100;
  return [
    atMost(reached ? Math.max(0, over) : Number.NaN, {
      work: `${name}: admitted in 10 s beyond the limit`,
      bar: Math.max(1, Math.floor(allowed / 100)),
      of: 'requests',
    }),
    atLeast(reached ? share : Number.NaN, { work: `${name}: admitted of what was possible`, bar: 99, of: '%' }),
  ];
}

/** Lets a bucket fill up again. */
const refilled = ({ rate, burst }: Rate) => new Promise((resolve) => setTimeout(resolve, (burst / rate) * 1_000 + 500));

const QUOTA = 2_000;

async function benchQuota({ installation, ports, base, apiId, print }: Lab): Promise<Bar[]> {
  const key = await createQuota(installation.admin, apiId, QUOTA);
  const headers = { 'x-api-key': key };
  const result = await runPacedLoad({ ports, path: `${base}/keyed`, headers, rate: 300, seconds: 10 });
  print(`a quota of ${QUOTA}: ${describe(result)}`);
  const admitted = result.failed === 0 ? totalOf(result.admitted) : Number.NaN;
  return [
    atMost(admitted, { work: 'a quota, spread: admitted', bar: QUOTA, of: 'requests' }),
    atLeast(admitted, { work: 'a quota, spread: admitted', bar: QUOTA, of: 'requests' }),
  ];
}

/** Redis ends while requests come: from then on each gateway admits its share of the limit, which together is the limit. */
async function benchAway({ options: { rates }, installation, ports, base, print }: Lab): Promise<Bar[]> {
  const limit = rateOf(rates.includes(100) ? 100 : rates[0]!);
  const load = { ports, path: `${base}/rate-${limit.rate}`, headers: {}, rate: limit.rate * 2, seconds: 20 };
  const running = runPacedLoad(load);
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await installation.stopRedis();
  const result = await running;
  print(`${limit.rate}/s, offered 2 x, spread, Redis ended after 5 s: ${describe(result)}`);
  const over = mostInTenSeconds(result.admitted) - limit.rate * WINDOW_SECONDS - limit.burst;
  return [
    atMost(result.failed === 0 ? Math.max(0, over) : Number.NaN, {
      work: `${limit.rate}/s without Redis: admitted in 10 s beyond the limit`,
      bar: limit.burst,
      of: 'requests, one bucket',
    }),
  ];
}

function describe({ sent, admitted, refused, failed }: PacedResult): string {
  return `${sent} sent, ${totalOf(admitted)} admitted, ${mostInTenSeconds(admitted)} at most in 10 s, ${refused} refused, ${failed} failed`;
}
