import { calibration } from '../calibration.js';
import type { Cleanup } from '../cleanup.js';
import { Installation, type BenchGateway } from '../installation.js';
import { startLoad, type LoadResult } from '../load/load.js';
import { percentile } from '../percentile.js';
import { deployApis } from './fill.js';
import type { PublishOptions } from './publish-options.js';
import { VersionedApi } from './versioned-api.js';
import { VersionWatch } from './version-watch.js';

/** The p99 to reach from call to served on all gateways, in ms, by the number of deployed APIs. */
const TARGETS = [
  { apis: 100, p99: 250 },
  { apis: 10_000, p99: 500 },
];
const WARM_UP_MS = 2000;
const SERVED_TIMEOUT_MS = 60_000;

interface Measured {
  /** From the call to the first answer of the new version by the last gateway, ms, for each call. */
  callToServed: number[];
  /** From the call to its own answer, ms. */
  callToAnswer: number[];
  seconds: number;
  load: LoadResult;
  /** Answers other than 200 that the looks at the changed API got. */
  watchNon2xx: number;
}

/**
 * How long a CreateDeployment call takes until every gateway serves it, call after call while one gateway is under load. A gateway's own
 * answers to ordinary requests are the proof: each deployment changes a header of them. Returns whether all targets were reached.
 */
export async function benchPublish(options: PublishOptions, cleanup: Cleanup, print: (line: string) => void): Promise<boolean> {
  const { apis, calls, gateways, connections } = options;
  print(`npm run bench -- publish --apis ${apis.join(',')} --calls ${calls} --gateways ${gateways} --connections ${connections}`);
  print(calibration());
  let reached = true;
  for (const count of apis) reached = (await runWith(count, options, cleanup, print)) && reached;
  print(calibration());
  return reached;
}

async function runWith(
  apis: number,
  { calls, gateways, connections }: PublishOptions,
  cleanup: Cleanup,
  print: (line: string) => void,
): Promise<boolean> {
  const installation = await Installation.start(cleanup);
  try {
    const started = await Promise.all(Array.from({ length: gateways }, () => installation.startGateway()));
    const began = performance.now();
    await deployApis(installation.admin, apis);
    print(`\n${apis} APIs deployed in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    const loaded = await VersionedApi.create(installation.admin, 'under load');
    const changed = await VersionedApi.create(installation.admin, 'changed');
    const measured = await measure(started, loaded, changed, calls, connections, print);
    return report(apis, measured, print);
  } finally {
    await installation.stop();
  }
}

async function measure(
  gateways: readonly BenchGateway[],
  loaded: VersionedApi,
  changed: VersionedApi,
  calls: number,
  connections: number,
  print: (line: string) => void,
): Promise<Measured> {
  await waitForLoaded(gateways[0]!.port, loaded);
  const watches = gateways.map(({ port }) => new VersionWatch(port, changed.path));
  try {
    await allServe(watches, 0);
    const load = startLoad({ port: gateways[0]!.port, path: loaded.path, connections });
    print(`load on the first gateway: ${load.name}`);
    const deployed = await deployVersions(changed, calls, watches).catch(async (error: unknown) => {
      await load.stop();
      throw error;
    });
    return { ...deployed, load: await load.stop(), watchNon2xx: watches.reduce((sum, { non2xx }) => sum + non2xx, 0) };
  } finally {
    await Promise.all(watches.map((watch) => watch.stop()));
  }
}

/** Deploys versions 1 to `calls`, call after call, and waits until all gateways serve the last. */
async function deployVersions(
  changed: VersionedApi,
  calls: number,
  watches: VersionWatch[],
): Promise<Pick<Measured, 'callToServed' | 'callToAnswer' | 'seconds'>> {
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  const calledAt: number[] = [];
  const callToAnswer: number[] = [];
  for (let version = 1; version <= calls; version += 1) {
    await changed.change(version);
    const at = performance.now();
    await changed.deploy();
    calledAt.push(at);
    callToAnswer.push(performance.now() - at);
  }
  await allServe(watches, calls);
  const seconds = (performance.now() - calledAt[0]!) / 1000;
  const callToServed = calledAt.map((at, i) => Math.max(...watches.map((watch) => watch.firstServed(i + 1))) - at);
  return { callToServed, callToAnswer, seconds };
}

async function waitForLoaded(port: number, loaded: VersionedApi): Promise<void> {
  const watch = new VersionWatch(port, loaded.path);
  try {
    await allServe([watch], 0);
  } finally {
    await watch.stop();
  }
}

async function allServe(watches: VersionWatch[], version: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`version ${version} is not served everywhere after ${SERVED_TIMEOUT_MS} ms`)),
      SERVED_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([Promise.all(watches.map((watch) => watch.served(version))), late]);
  } finally {
    clearTimeout(timer);
  }
}

function report(
  apis: number,
  { callToServed, callToAnswer, seconds, load, watchNon2xx }: Measured,
  print: (line: string) => void,
): boolean {
  const ms = (values: number[], percent: number) => percentile(values, percent).toFixed(1);
  print(`${callToServed.length} CreateDeployment calls in ${seconds.toFixed(1)} s`);
  print(
    `call to served on all gateways: p50 ${ms(callToServed, 50)} ms, p99 ${ms(callToServed, 99)} ms, max ${ms(callToServed, 100)} ms`,
  );
  print(`call to its answer:             p50 ${ms(callToAnswer, 50)} ms, p99 ${ms(callToAnswer, 99)} ms`);
  print(
    `load: ${load.requests} requests, ${load.requestsPerSecond.toFixed(0)}/s, ${load.non2xx} non-2xx, ${load.socketErrors} socket errors`,
  );
  print(`requests that looked at the changed API: ${watchNon2xx} not 200`);
  const target = TARGETS.find((one) => apis <= one.apis) ?? TARGETS.at(-1)!;
  const reached = percentile(callToServed, 99) <= target.p99 && load.non2xx + load.socketErrors + watchNon2xx === 0;
  print(`${reached ? 'reached' : 'NOT reached'}: p99 <= ${target.p99} ms at ${apis} APIs and nothing but 2xx`);
  return reached;
}
