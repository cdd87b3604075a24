import { modelUrl } from '@gatehouse/api-model';
import { describe, expect, it } from 'vitest';
import { withModelUrlsOf } from './model-url.js';

describe('withModelUrlsOf', () => {
  it('moves the references to one API to another one, escaped or not, and keeps all other text', () => {
    const escaped = modelUrl('old', 'B').replaceAll('/', '\\/');
    const text = `{ "a" : "${modelUrl('old', 'A')}",\n "b": "${escaped}", "old": "${modelUrl('older', 'C')}" }`;
    expect(withModelUrlsOf(text, { from: 'old', to: 'new' })).toBe(
      `{ "a" : "${modelUrl('new', 'A')}",\n "b": "${escaped.replace('old', 'new')}", "old": "${modelUrl('older', 'C')}" }`,
    );
  });
});
