/** What h2load counted. */
export interface H2loadCounts {
  /** Requests that were answered. */
  requests: number;
  /** Requests that were not answered: their connection broke, or it took too long. */
  failed: number;
  /** Answers other than 2xx. */
  non2xx: number;
}

/** Reads the counts that h2load prints at its end. Throws when they are not there. */
export function readH2load(printed: string): H2loadCounts {
  // "failed" also counts answers of some statuses, "timeout" is a part of "errored".
  const counts = /^requests: .* (\d+) done, \d+ succeeded, \d+ failed, (\d+) errored, \d+ timeout$/m.exec(printed);
  const codes = /^status codes: \d+ 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx$/m.exec(printed);
  if (!counts || !codes) throw new Error(`h2load printed no figures:\n${printed}`);
  const non2xx = codes.slice(1).reduce((sum, count) => sum + Number(count), 0);
  return { requests: Number(counts[1]), failed: Number(counts[2]), non2xx };
}

/** Reads h2load's log: a line for each answer, with its start, its status and the microseconds until its end. Answers those microseconds. */
export function readRequestTimes(log: string): number[] {
  const times: number[] = [];
  for (let start = 0; start < log.length;) {
    let end = log.indexOf('\n', start);
    if (end < 0) end = log.length;
    times.push(Number(log.slice(log.lastIndexOf('\t', end) + 1, end)));
    start = end + 1;
  }
  return times;
}
