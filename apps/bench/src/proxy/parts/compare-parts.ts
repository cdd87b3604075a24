import { atLeast, atMost, type Bar } from '../bar.js';
import { compare, type Print } from '../compare.js';
import type { Lab } from '../lab.js';
import type { Measurement } from '../measure.js';
import type { Part, ProxyOptions } from '../proxy-options.js';
import { ratio, summarise, type Summary } from '../summary.js';
import { summaryTable } from '../summary-table.js';
import type { SystemId } from '../system.js';
import { workName, type Work } from '../work.js';
import type { PartResult } from './part-result.js';

const CONNECTIONS = 64;

const EVERYTHING: readonly SystemId[] = [
  'gateway-key',
  'gateway-open',
  'haproxy-features',
  'haproxy-plain',
  'haproxy-tcp',
  'nginx-log',
  'nginx-plain',
  'nginx-unbuffered',
  'caddy',
  'fastify',
  'direct',
];

/** API key and usage plan, against HAProxy with the same features. */
export function features(lab: Lab, options: ProxyOptions, print: Print): Promise<PartResult> {
  const work: Work = { resource: 'small', connections: CONNECTIONS };
  return run('features', lab, ['gateway-key', 'haproxy-features', 'haproxy-tcp'], [work], options, print, (summaries) => [
    atMost(ratio(summaries, 'gateway-key', 'haproxy-features', 'cpu'), {
      work: `API key, usage plan, log, metrics, request id; ${workName(work)}: CPU per request`,
      bar: 1,
      of: 'x HAProxy with the same features',
      limit: 1.25,
    }),
  ]);
}

/** No key and no plan, against nginx that logs and sets an id. */
export function plain(lab: Lab, options: ProxyOptions, print: Print): Promise<PartResult> {
  const work: Work = { resource: 'small', connections: CONNECTIONS };
  return run('plain', lab, ['gateway-open', 'nginx-log', 'nginx-plain', 'haproxy-plain'], [work], options, print, (summaries) => [
    atMost(ratio(summaries, 'gateway-open', 'nginx-log', 'cpu'), {
      work: `no key, no plan; log, metrics, request id; ${workName(work)}: CPU per request`,
      bar: 1.5,
      of: 'x nginx that logs and sets an id',
    }),
  ]);
}

/** Throughput of large bodies in both directions, against nginx with buffering off. */
export function bodies(lab: Lab, options: ProxyOptions, print: Print): Promise<PartResult> {
  const works: Work[] = (['large', 'upload'] as const).map((resource) => ({ resource, connections: CONNECTIONS }));
  return run('bodies', lab, ['gateway-open', 'nginx-unbuffered', 'haproxy-plain'], works, options, print, (summaries, work) => [
    atLeast(ratio(summaries, 'gateway-open', 'nginx-unbuffered', 'requestsPerSecond'), {
      work: `${workName(work)}${work.resource === 'large' ? ' down' : ''}: throughput`,
      bar: 0.8,
      of: 'x nginx with buffering off',
    }),
  ]);
}

/** Everything at all sizes and numbers of connections. */
export function matrix(lab: Lab, options: ProxyOptions, print: Print): Promise<PartResult> {
  const works: Work[] = (['small', 'medium', 'large'] as const).flatMap((resource) =>
    options.connections.map((connections) => ({ resource, connections })),
  );
  works.push({ resource: 'upload', connections: CONNECTIONS });
  return run('matrix', lab, EVERYTHING, works, options, print, () => []);
}

async function run(
  part: Part,
  lab: Lab,
  ids: readonly SystemId[],
  works: readonly Work[],
  options: ProxyOptions,
  print: Print,
  judge: (summaries: readonly Summary[], work: Work) => Bar[],
): Promise<PartResult> {
  const measurements: Measurement[] = [];
  const bars: Bar[] = [];
  for (const work of works) {
    print(`\n${part}: ${workName(work)}`);
    const measured = await compare(lab, ids, work, options, print);
    const summaries = summarise(measured);
    for (const line of summaryTable(summaries, lab.systems)) print(line);
    for (const line of remarks(measured, lab)) print(line);
    measurements.push(...measured);
    bars.push(...judge(summaries, work));
  }
  return { part, bars, summaries: summarise(measurements), measurements };
}

/** What a reader of the table should know beside it. */
function remarks(measurements: readonly Measurement[], { systems }: Lab): string[] {
  const lines: string[] = [];
  for (const [id, { name }] of systems) {
    const own = measurements.filter(({ system }) => system === id);
    const requests = own.reduce((sum, measurement) => sum + measurement.requests, 0);
    const lost = own.reduce((sum, { lostLogLines }) => sum + (lostLogLines ?? 0), 0);
    if (lost > 0) lines.push(`  ${name}: ${((100 * lost) / requests).toFixed(1)} % of its requests have no line in the log`);
    const redis = own.reduce((sum, measurement) => sum + (measurement.redisCpu ?? 0) * measurement.requests, 0);
    if (redis > 0) lines.push(`  ${name}: beside it Redis used ${(redis / requests).toFixed(2)} us of CPU per request`);
  }
  return lines;
}
