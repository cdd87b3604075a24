import { describe, expect, it } from 'vitest';
import { BinaryMediaTypes } from './binary-media-types.js';

describe('BinaryMediaTypes', () => {
  it.each<[string[], string | undefined, boolean]>([
    [[], 'image/png', false],
    [[], undefined, false],
    [['image/png'], 'IMAGE/png;x=1', true],
    [['image/png'], 'image', false],
    [['image/png'], '', false],
    [['image/*'], 'image/', true],
    [['image/*'], 'image', false],
    [['*/*'], '', true],
    [['application/json'], undefined, true],
  ])('%j has %j: %s', (types, contentType, has) => expect(new BinaryMediaTypes(types).has(contentType)).toBe(has));

  it.each<[string | undefined, boolean]>([
    ['image/png', true],
    [' image/png ;q=0.1, text/html', true],
    ['text/html,image/png', false],
    ['*/*', false],
    [undefined, false],
  ])('Accept %j asks for image/png: %s', (accept, accepted) => {
    expect(new BinaryMediaTypes(['image/png']).isAccepted(accept)).toBe(accepted);
  });
});
