import { median } from '../median.js';
import type { Measurement } from './measure.js';
import type { SystemId } from './system.js';
import { workName, type Work } from './work.js';

/** Medians of the measurements of one system at one kind of work that count. */
export interface Summary {
  readonly system: SystemId;
  readonly work: Work;
  /** How many measurements count, and how many do not. */
  readonly counted: number;
  readonly invalid: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number | null;
  readonly redisCpu: number | null;
  readonly busy: number | null;
  readonly peakMemory: number | null;
}

/** Medians by system and work, in the order in which they first appear. */
export function summarise(measurements: readonly Measurement[]): Summary[] {
  const groups = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const name = `${measurement.system} ${workName(measurement.work)}`;
    const group = groups.get(name);
    if (group) group.push(measurement);
    else groups.set(name, [measurement]);
  }
  return [...groups.values()].map(summaryOf);
}

function summaryOf(measurements: readonly Measurement[]): Summary {
  const counted = measurements.filter(({ invalid }) => invalid === null);
  const of = (read: (measurement: Measurement) => number) => median(counted.map(read));
  const orNull = (read: (measurement: Measurement) => number | null) =>
    measurements.some((measurement) => read(measurement) === null) ? null : of((measurement) => read(measurement)!);
  const { system, work } = measurements[0]!;
  return {
    system,
    work,
    counted: counted.length,
    invalid: measurements.length - counted.length,
    requestsPerSecond: of(({ requestsPerSecond }) => requestsPerSecond),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    cpu: orNull(({ cpu }) => cpu),
    redisCpu: orNull(({ redisCpu }) => redisCpu),
    busy: orNull(({ busy }) => busy),
    peakMemory: orNull(({ peakMemory }) => peakMemory),
  };
}

/** What one system has over another, of one figure; NaN when either is missing or did not count. */
export function ratio(summaries: readonly Summary[], of: SystemId, over: SystemId, figure: 'cpu' | 'requestsPerSecond'): number {
  const value = (id: SystemId) => summaries.find(({ system }) => system === id)?.[figure] ?? Number.NaN;
  return value(of) / value(over);
}
