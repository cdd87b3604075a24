import { describe, it } from 'vitest';
import { accessRecord } from '../../dist/access-log/access-record.js';
import { servedRequest } from '../served-request.fixture.js';

// Measures what was built; run it with `--config vitest.compiled.config.mjs`.

const LINES = 1_000;

describe('1,000 lines', () => {
  it('of requests with an API key that a backend answered', async ({ bench }) => {
    const outcome = servedRequest();
    let characters = 0;
    await bench('lines', () => {
      for (let n = 0; n < LINES; n++) characters += accessRecord(outcome).length;
    }).run();
    if (characters === 0) throw new Error('nothing was written');
  });
});
