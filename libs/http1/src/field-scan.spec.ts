import { describe, expect, it } from 'vitest';
import { FieldScan } from './field-scan.js';
import { bytesOf } from './pieces.fixture.js';
import { RequestLineScan } from './request-line-scan.js';
import { StatusLineScan } from './status-line-scan.js';

/** Bytes that count how often one of them is looked at. */
function counted(bytes: Buffer): { bytes: Buffer; looks: () => number } {
  let looks = 0;
  const proxy = new Proxy(bytes, {
    get(target, name) {
      if (typeof name === 'string' && /^\d+$/.test(name)) looks++;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { bytes: proxy, looks: () => looks };
}

describe('security class: slowloris: what comes byte by byte costs no more than what comes at once', () => {
  const LENGTH = 5_000;
  const limits = { targetBytes: 2 * LENGTH, headBytes: 4 * LENGTH, headers: 2 * LENGTH };

  it.each<[string, string, { scan(bytes: Buffer, base: number, from: number, end: number): number }]>([
    ['a long value', `X: ${'x'.repeat(LENGTH)}\r\n\r\n`, fieldScan()],
    ['a long name', `${'x'.repeat(LENGTH)}: y\r\n\r\n`, fieldScan()],
    ['many blanks before a value', `X:${' '.repeat(LENGTH)}y\r\n\r\n`, fieldScan()],
    ['many blanks behind a value', `X: y${' '.repeat(LENGTH)}\r\n\r\n`, fieldScan()],
    ['blanks in a value', `X: ${' y'.repeat(LENGTH / 2)}\r\n\r\n`, fieldScan()],
    ['many fields', `${'X:y\r\n'.repeat(LENGTH / 5)}\r\n`, fieldScan()],
    ['a long target', `GET /${'x'.repeat(LENGTH)} HTTP/1.1\r\n`, requestLineScan()],
    ['a long reason phrase', `HTTP/1.1 200 ${'x'.repeat(LENGTH)}\r\n`, new StatusLineScan()],
  ])('%s', (_, text, scan) => {
    const { bytes, looks } = counted(bytesOf(text));
    for (let end = 1; end < text.length; end++) expect(scan.scan(bytes, 0, end - 1, end)).toBe(-1);
    expect(scan.scan(bytes, 0, text.length - 1, text.length)).toBe(text.length);
    // Once to see what ends a part, once to find the blanks behind a value, and a little at each line.
    expect(looks()).toBeLessThan(4 * text.length);
  });

  function fieldScan() {
    const fields = new FieldScan();
    return {
      scan: (bytes: Buffer, base: number, from: number, end: number) =>
        fields.scan(bytes, base, from, end, limits.headers, 'head-too-large'),
    };
  }
  function requestLineScan() {
    const line = new RequestLineScan();
    return { scan: (bytes: Buffer, base: number, from: number, end: number) => line.scan(bytes, base, from, end, limits) };
  }
});
