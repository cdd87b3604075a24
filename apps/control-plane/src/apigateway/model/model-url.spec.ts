import { describe, expect, it } from 'vitest';
import { modelUrl, parseModelUrl, withModelUrlsOf } from './model-url.js';

describe('parseModelUrl', () => {
  it('reads what modelUrl writes, and nothing else', () => {
    expect(parseModelUrl(modelUrl('api1', 'Pet'))).toEqual({ apiId: 'api1', name: 'Pet' });
    for (const ref of ['Pet', '#/definitions/Pet', 'https://example.com/restapis/api1/models/Pet', `${modelUrl('a', 'b')}/c`]) {
      expect(parseModelUrl(ref)).toBeUndefined();
    }
  });
});

describe('withModelUrlsOf', () => {
  it('moves the references to one API to another one, escaped or not, and keeps all other text', () => {
    const escaped = modelUrl('old', 'B').replaceAll('/', '\\/');
    const text = `{ "a" : "${modelUrl('old', 'A')}",\n "b": "${escaped}", "old": "${modelUrl('older', 'C')}" }`;
    expect(withModelUrlsOf(text, { from: 'old', to: 'new' })).toBe(
      `{ "a" : "${modelUrl('new', 'A')}",\n "b": "${escaped.replace('old', 'new')}", "old": "${modelUrl('older', 'C')}" }`,
    );
  });
});
