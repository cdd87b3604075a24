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

/** The functions of a profile between two moments by the time spent in themselves, most first, and the busy microseconds in all. */
export function selfTimes(profile: CpuProfile, from: number, to: number): { busy: number; functions: SelfTime[] } {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, { name: string; place: string; time: number }>();
  let busy = 0;
  let at = profile.startTime;
  for (const [index, id] of profile.samples.entries()) {
    const delta = profile.timeDeltas[index]!;
    at += delta;
    const frame = frames.get(id)!;
    if (at < from || at > to || frame.functionName === '(idle)') continue;
    busy += delta;
    const name = frame.functionName || '(anonymous)';
    const place = frame.url === '' ? '' : `${shortened(frame.url)}:${frame.lineNumber + 1}`;
    const key = `${name} ${place}`;
    const known = times.get(key);
    if (known) known.time += delta;
    else times.set(key, { name, place, time: delta });
  }
  const functions = [...times.values()]
    .sort((a, b) => b.time - a.time)
    .map(({ name, place, time }) => ({ name, place, share: time / busy }));
  return { busy, functions };
}

/** Without the place of this copy of the project. */
function shortened(url: string): string {
  return url.replace(/^file:\/\/.*?\/(apps|libs|node_modules)\//, '$1/');
}
