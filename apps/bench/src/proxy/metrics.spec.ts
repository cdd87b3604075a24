import { expect, it } from 'vitest';
import { sumOf } from './metrics.js';

const PAGE = `# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{api="a",path="/{proxy+} }"} 12
requests_total{api="b"} 30 1795351276287
requests_total_more{api="b"} 99
dropped_total 3
`;

it.each([
  ['requests_total', 42],
  ['dropped_total', 3],
  ['nothing', 0],
])('sums %s', (metric, sum) => expect(sumOf(PAGE, metric)).toBe(sum));
