import { describe, expect, it } from 'vitest';
import { readWrk } from './wrk.js';

const CLEAN = `Running 720m test @ http://127.0.0.1:8080/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   402.14us  325.85us  13.45ms   93.05%
    Req/Sec    21.10k     1.53k   23.54k    68.00%
  104913 requests in 5.00s, 17.11MB read
Requests/sec:  20980.83
Transfer/sec:      3.42MB
`;
const TROUBLED = CLEAN.replace(
  'Requests/sec',
  '  Socket errors: connect 1, read 20, write 300, timeout 4000\n  Non-2xx or 3xx responses: 57\nRequests/sec',
);

describe('readWrk', () => {
  it('reads a clean run', () => {
    expect(readWrk(CLEAN)).toEqual({ requests: 104_913, requestsPerSecond: 20_980.83, non2xx: 0, socketErrors: 0 });
  });

  it('reads errors', () => {
    expect(readWrk(TROUBLED)).toMatchObject({ non2xx: 57, socketErrors: 4321 });
  });

  it('does not take silence for success', () => {
    expect(() => readWrk('unable to connect')).toThrow('unable to connect');
  });
});
