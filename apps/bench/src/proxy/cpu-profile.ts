/** What V8 writes with --cpu-prof, as far as it is used here. Times in microseconds on the monotonic clock. */
export interface CpuProfile {
  startTime: number;
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** One function, and its share of the time in which the process was not idle. */
export interface SelfTime {
  name: string;
  /** File and line, or empty for what is not JavaScript. */
  place: string;
  share: number;
}

/** What a process did between two moments, idle time left out. */
export interface SelfTimes {
  /** Microseconds in all. */
  busy: number;
  /** Most first. */
  functions: SelfTime[];
  /** The same by file; all that is not JavaScript counts as one each. */
  files: { place: string; share: number }[];
}

/** The time spent in each function of a profile itself, callees not included, between two moments. */
export function selfTimes(profile: CpuProfile, from: number, to: number): SelfTimes {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, { name: string; place: string; time: number }>();
  const files = new Map<string, number>();
  let busy = 0;
  let at = profile.startTime;
  for (const [index, id] of profile.samples.entries()) {
    const delta = profile.timeDeltas[index]!;
    at += delta;
    const { functionName, url, lineNumber } = frames.get(id)!;
    if (at < from || at > to || functionName === '(idle)') continue;
    busy += delta;
    const name = functionName || '(anonymous)';
    const file = url === '' ? name : shortened(url);
    const place = url === '' ? '' : `${file}:${lineNumber + 1}`;
    files.set(file, (files.get(file) ?? 0) + delta);
    const key = `${name} ${place}`;
    const known = functions.get(key);
    if (known) known.time += delta;
    else functions.set(key, { name, place, time: delta });
  }
  return {
    busy,
    functions: [...functions.values()]
      .sort((a, b) => b.time - a.time)
      .map(({ name, place, time }) => ({ name, place, share: time / busy })),
    files: [...files].sort(([, a], [, b]) => b - a).map(([place, time]) => ({ place, share: time / busy })),
  };
}

/** Without the place of this copy of the project. */
function shortened(url: string): string {
  return url.replace(/^file:\/\/.*?\/(apps|libs|node_modules)\//, '$1/');
}
