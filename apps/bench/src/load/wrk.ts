import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Load, LoadResult, LoadTarget } from './load.js';

/** Longer than any run: the load is stopped by SIGINT, on which wrk prints its figures. */
const DURATION = '12h';

/** Starts wrk with one thread. */
export function startWrk({ port, path, connections }: LoadTarget): Load {
  const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${DURATION}`, `http://127.0.0.1:${port}${path}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return {
    name: `wrk -t1 -c${connections}`,
    async stop() {
      const closed = once(child, 'close');
      child.kill('SIGINT');
      await closed;
      return readWrk(printed);
    },
  };
}

/** Reads the figures that wrk 4 prints at its end. Throws when they are not there. */
export function readWrk(printed: string): LoadResult {
  const requests = /(\d+) requests in/.exec(printed);
  const perSecond = /Requests\/sec:\s+([\d.]+)/.exec(printed);
  if (!requests || !perSecond) throw new Error(`wrk printed no figures:\n${printed}`);
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(printed);
  const non2xx = /Non-2xx or 3xx responses: (\d+)/.exec(printed);
  return {
    requests: Number(requests[1]),
    requestsPerSecond: Number(perSecond[1]),
    non2xx: Number(non2xx?.[1] ?? 0),
    socketErrors: (errors?.slice(1) ?? []).reduce((sum, count) => sum + Number(count), 0),
  };
}
