import { describe, expect, it } from 'vitest';
import { readH2load, readRequestTimes } from './h2load-output.js';

const printed = (requests: string, codes: string) => `starting benchmark...
Application protocol: http/1.1
Stopped all clients for thread #0

finished in 3.00s, 800.00 req/s, 175.00KB/s
requests: ${requests}
status codes: ${codes}
traffic: 350.00KB (358400) total, 269.53KB (276000) headers (space savings 0.00%), 164.06KB (168000) data
                     min         max         mean         sd        +/- sd
time for request:      176us      1.02ms       354us        88us    87.00%
`;

describe('readH2load', () => {
  it('reads counts', () => {
    const text = printed(
      '1600 total, 1600 started, 1600 done, 1600 succeeded, 0 failed, 0 errored, 0 timeout',
      '1600 2xx, 0 3xx, 0 4xx, 0 5xx',
    );
    expect(readH2load(text)).toEqual({ requests: 1600, failed: 0, non2xx: 0 });
  });

  it('tells refusals from failures', () => {
    const text = printed(
      '1600 total, 1600 started, 1590 done, 1580 succeeded, 17 failed, 7 errored, 3 timeout',
      '1580 2xx, 1 3xx, 4 4xx, 5 5xx',
    );
    expect(readH2load(text)).toEqual({ requests: 1590, failed: 7, non2xx: 10 });
  });

  it('throws when there are no counts', () => {
    expect(() => readH2load('could not connect')).toThrow('could not connect');
  });
});

describe('readRequestTimes', () => {
  it('reads the third column', () => {
    expect(readRequestTimes('1795351276287210\t200\t292\n1795351276287212\t200\t349\n')).toEqual([292, 349]);
    expect(readRequestTimes('')).toEqual([]);
  });
});
