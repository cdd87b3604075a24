import { describe, expect, it } from 'vitest';
import { modelUrl, parseModelUrl } from './model-url.js';

describe('parseModelUrl', () => {
  it('reads what modelUrl writes, and nothing else', () => {
    expect(parseModelUrl(modelUrl('api1', 'Pet'))).toEqual({ apiId: 'api1', name: 'Pet' });
    for (const ref of ['Pet', '#/definitions/Pet', 'https://example.com/restapis/api1/models/Pet', `${modelUrl('a', 'b')}/c`]) {
      expect(parseModelUrl(ref)).toBeUndefined();
    }
  });
});
