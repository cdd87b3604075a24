import { describe, expect, it } from 'vitest';
import { decodeComponent, encodeComponent, encodeUnsafe, isHeaderValue, utf8Bytes } from './byte-text.js';
import { parseQuery } from './query-parameters.js';

describe('parseQuery', () => {
  it.each([
    ['', []],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=b', [['', 'b']]],
    [
      'a=1&&b=2&',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a=b=c', [['a', 'b=c']]],
    ['a+b=c+d', [['a b', 'c d']]],
    ['a%26=%2B%20', [['a&', '+ ']]],
    [
      'a=%zz&b=100%',
      [
        ['a', '%zz'],
        ['b', '100%'],
      ],
    ],
    [
      'constructor=x&__proto__=y',
      [
        ['constructor', 'x'],
        ['__proto__', 'y'],
      ],
    ],
  ])('reads %j', (query, parameters) => expect(parseQuery(query)).toEqual(parameters));

  it('keeps bytes that are no UTF-8', () => expect(parseQuery('a=%ff%C3%A9')).toEqual([['a', '\u00ff\u00c3\u00a9']]));
});

describe('byte texts', () => {
  it('come back from encoding', () => {
    const every = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');
    expect(decodeComponent(encodeComponent(every))).toBe(every);
    expect(encodeComponent('aZ0-._~')).toBe('aZ0-._~');
    expect(encodeComponent('/?#&=+ %')).toBe('%2F%3F%23%26%3D%2B%20%25');
  });
  it('are UTF-8 of texts', () => expect(encodeComponent(utf8Bytes('é☃'))).toBe('%C3%A9%E2%98%83'));
  it('lose nothing but what no URI may have', () =>
    expect(encodeUnsafe('/a%20b?c=d&e;f \r\n"{}|é')).toBe('/a%20b?c=d&e;f%20%0D%0A%22%7B%7D%7C%E9'));
  it('keep + when only % is decoded', () => expect(decodeComponent('a+b%2B')).toBe('a+b+'));
});

describe('isHeaderValue', () => {
  it.each(['', 'a b', 'a\tb', '\u00ff'])('takes %j', (value) => expect(isHeaderValue(value)).toBe(true));
  it.each(['a\rb', 'a\nb', '\0', '\u007f', '\u2603', '\u010a'])('security class: CR/LF: refuses %j', (value) =>
    expect(isHeaderValue(value)).toBe(false),
  );
});
