import { describe, expect, it } from 'vitest';
import { documentText } from './document-text.js';

describe('documentText', () => {
  it('is the text of the bytes', () => {
    expect(documentText(Buffer.from('openapi: "3.0.1"\n# \u00e4\u{1f600}\n'))).toBe('openapi: "3.0.1"\n# \u00e4\u{1f600}\n');
    expect(documentText(Buffer.alloc(0))).toBe('');
  });

  it.each([
    [[0x7b, 0xff], 1],
    [[0x61, 0x0a, 0xc3, 0xa4, 0x0a, 0x0a, 0xc3, 0x0a, 0xff], 4],
    [[0x61, 0x0a, 0xe2, 0x82], 2],
  ])('tells the first line of %j that is no UTF-8', (bytes, line) => {
    expect(() => documentText(Uint8Array.from(bytes))).toThrow(
      `Invalid OpenAPI input. (line ${line}): it is not encoded in UTF-8`,
    );
  });
});
