import { describe, expect, it } from 'vitest';
import { PemError, readPem } from './pem.js';

const block = (label: string, ...lines: string[]) => [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');

describe('readPem', () => {
  it('reads blocks in their order, whatever ends the lines and stands between them', () => {
    const text = `subject=CN = a\r\n${block('A', 'AAEC', 'Aw==').replaceAll('\n', '\r\n')}\n\n  ${block('B C', 'BA==')}\t\nthe end`;
    expect(readPem(text)).toEqual([
      { label: 'A', headers: [], bytes: Buffer.of(0, 1, 2, 3) },
      { label: 'B C', headers: [], bytes: Buffer.of(4) },
    ]);
  });

  it('tells header lines from content', () => {
    expect(readPem(block('A', 'Proc-Type: 4,ENCRYPTED', '', 'AA=='))).toEqual([
      { label: 'A', headers: ['Proc-Type: 4,ENCRYPTED'], bytes: Buffer.of(0) },
    ]);
  });

  it('finds nothing in a text without blocks', () => {
    for (const text of ['', 'AAEC', '-----BEGIN-----', '----BEGIN A----']) expect(readPem(text)).toEqual([]);
  });

  it.each([
    ['-----BEGIN A-----\nAAEC', 'the line END A is missing'],
    ['AAEC\n-----END A-----', 'a line END A has no BEGIN'],
    ['-----BEGIN A-----\nAAEC\n-----END B-----', 'a line END B has no BEGIN'],
    [`-----BEGIN A-----\n${block('B', 'AAEC')}`, 'a line BEGIN B stands before the END of A'],
    [block('A'), 'what stands in A is not base64'],
    [block('A', 'AAE'), 'what stands in A is not base64'],
    [block('A', 'AA==', 'AA=='), 'what stands in A is not base64'],
    [block('A', 'AA*C'), 'what stands in A is not base64'],
  ])('refuses %j', (text, reason) => {
    expect(() => readPem(text)).toThrow(new PemError(reason));
  });
});
