const MICROSECONDS = { us: 1, ms: 1e3, s: 1e6, m: 60e6 };

/** Reads median and p99 of what `wrk --latency` prints, in microseconds. NaN where it prints none. */
export function readLatency(printed: string): { p50: number; p99: number } {
  const at = (percent: number) => {
    const found = new RegExp(`^\\s+${percent}%\\s+([\\d.]+)(us|ms|s|m) *$`, 'm').exec(printed);
    return found ? Number(found[1]) * MICROSECONDS[found[2] as keyof typeof MICROSECONDS] : Number.NaN;
  };
  return { p50: at(50), p99: at(99) };
}
