import { expect, it } from 'vitest';
import { readLatency } from './wrk-latency.js';

const printed = (p50: string, p99: string) => `Running 1s test @ http://127.0.0.1:19777/
  1 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    66.09us  153.39us   4.55ms   98.67%
    Req/Sec    54.51k     3.81k   58.70k    81.82%
  Latency Distribution
     50%   ${p50}
     75%   59.00us
     90%   72.00us
     99%  ${p99}
  59526 requests in 1.10s, 12.72MB read
Requests/sec:  54144.08
Transfer/sec:     11.57MB
`;

it.each([
  ['52.00us', '290.00us', { p50: 52, p99: 290 }],
  ['1.25ms', '14.03ms', { p50: 1250, p99: 14_030 }],
  // wrk fills up units of one letter with a blank.
  ['900.00ms', '1.50s ', { p50: 900_000, p99: 1_500_000 }],
])('reads %s and %s', (p50, p99, read) => expect(readLatency(printed(p50, p99))).toEqual(read));

it('has no figures without a distribution', () => {
  expect(readLatency('  0 requests in 1.00s, 0.00B read\n')).toEqual({ p50: NaN, p99: NaN });
});
