import { shortNumber } from './bar.js';
import type { Summary } from './summary.js';
import { ratio } from './summary.js';
import type { System, SystemId } from './system.js';
import { table } from './table.js';

/** A table of the medians of one kind of work, with the gateway's CPU over that of each peer. */
export function summaryTable(summaries: readonly Summary[], systems: ReadonlyMap<SystemId, System>): string[] {
  const gateways = (['gateway-key', 'gateway-open'] as const).filter((id) => summaries.some(({ system }) => system === id));
  const headline = [
    'system',
    'CPU us/req',
    'busy %',
    'req/s',
    'p50 us',
    'p99 us',
    'peak MB',
    'runs',
    ...gateways.map((id) => (id === 'gateway-key' ? 'CPU: with key / it' : 'CPU: no key / it')),
  ];
  return table(
    headline,
    summaries.map((summary) => [
      systems.get(summary.system)!.name,
      figure(summary.cpu),
      figure(summary.busy),
      figure(summary.requestsPerSecond),
      figure(summary.p50),
      figure(summary.p99),
      figure(summary.peakMemory === null ? null : summary.peakMemory / 1e6),
      `${summary.counted}${summary.invalid > 0 ? ` of ${summary.counted + summary.invalid}` : ''}`,
      ...gateways.map((id) => (id === summary.system ? '' : times(ratio(summaries, id, summary.system, 'cpu')))),
    ]),
  );
}

function figure(value: number | null): string {
  return shortNumber(value ?? Number.NaN);
}

function times(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : '-';
}
