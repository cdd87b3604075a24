import { describe, expect, it } from 'vitest';
import { headerInfo, isHeaderName } from './header-info.js';

describe('headerInfo', () => {
  it.each(['Connection', 'Content-Length', 'Date', 'Server', 'x-amzn-RequestId'])(
    'renames a backend’s %s, mapped or not',
    (name) => {
      for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) {
        expect(headerInfo(spelling)).toMatchObject({
          answeredAs: `x-amzn-Remapped-${name}`,
          mappedAs: `x-amzn-Remapped-${name}`,
        });
      }
    },
  );

  it.each([
    'Authorization',
    'Content-MD5',
    'Expect',
    'Host',
    'Max-Forwards',
    'Proxy-Authenticate',
    'User-Agent',
    'WWW-Authenticate',
  ])('renames %s where it is mapped only', (name) => {
    expect(headerInfo(name)).toMatchObject({ answeredAs: name, mappedAs: `x-amzn-Remapped-${name}` });
  });

  it.each(['Trailer', 'Upgrade'])('drops a backend’s %s, and renames it where it is mapped', (name) => {
    expect(headerInfo(name)).toMatchObject({ answeredAs: null, mappedAs: `x-amzn-Remapped-${name}` });
  });

  it.each(['Transfer-Encoding', 'Keep-Alive', 'x-amz-apigw-id'])('drops %s, mapped or not', (name) => {
    expect(headerInfo(name)).toMatchObject({ answeredAs: null, mappedAs: null });
  });

  it('does not grow with the names that clients think of', () => {
    const first = headerInfo('X-First');
    for (let n = 0; n < 10_000; n++) headerInfo(`X-Thought-Of-${n}`);
    expect(headerInfo('X-First')).toBe(first);
    expect(headerInfo('X-Thought-Of-9999')).not.toBe(headerInfo('X-Thought-Of-9999'));
    expect(headerInfo('X-Thought-Of-9999')).toEqual(headerInfo('X-Thought-Of-9999'));
  });

  it.each(['X-Forwarded-For\r', 'X Y', 'X:', 'X\u00e9', '', 'x(y)', 'a\0b', '\u0158-Api-Key'])(
    'security class: CR/LF: %j is no name and goes nowhere',
    (name) => {
      expect(isHeaderName(name)).toBe(false);
      expect(headerInfo(name)).toMatchObject({ proxied: false, answeredAs: null });
    },
  );

  it('tells names apart that a glance takes for the same', () => {
    const names = ['abcdefgh', 'abXdefgh', 'abcdYfgh', 'aXcdefgh', 'abcdeXgh'];
    for (let round = 0; round < 3; round++) for (const name of names) expect(headerInfo(name).name).toBe(name);
  });
});
