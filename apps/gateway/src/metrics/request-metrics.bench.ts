import { describe, it } from 'vitest';
import { RequestMetrics } from '../../dist/metrics/request-metrics.js';
import { servedRequest } from '../served-request.fixture.js';

// Measures what was built; run it with `--config vitest.compiled.config.mjs`.

const REQUESTS = 1_000;

describe('1,000 requests', () => {
  it('are counted', async ({ bench }) => {
    const outcome = servedRequest();
    const metrics = new RequestMetrics(1000, () => true);
    await bench('count', () => {
      for (let n = 0; n < REQUESTS; n++) metrics.count(outcome);
    }).run();
  });
});
