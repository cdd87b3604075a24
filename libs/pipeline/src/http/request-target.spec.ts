import { describe, expect, it } from 'vitest';
import { MAX_QUERY_PARAMETERS, parseRequestTarget } from './request-target.js';

const pathOf = (raw: string) => parseRequestTarget(raw)?.path;

describe('parseRequestTarget', () => {
  it.each([
    ['/', '/'],
    ['/pets', '/pets'],
    ['/pets/', '/pets/'],
    ['//pets', '/pets'],
    ['///', '/'],
    ['/a//b', '/a//b'],
    ['/foo%2Fbar', '/foo%2Fbar'],
    ['/foo%2fbar', '/foo%2Fbar'],
    ['/%70ets', '/pets'],
    ['/%7Ex', '/~x'],
    ['/a%20b', '/a%20b'],
    ['/caf\u00c3\u00a9', '/caf%C3%A9'],
    ['/caf%c3%a9', '/caf%C3%A9'],
    ['/a.b', '/a.b'],
    ['/...', '/...'],
    ['/.well-known', '/.well-known'],
    ['/a..b/c..', '/a..b/c..'],
    ['/a;x=1', '/a;x=1'],
    ['/%252e%252e', '/%252e%252e'],
  ])('has one canonical path for %s', (raw, path) => expect(pathOf(raw)).toBe(path));

  it.each([
    '/.',
    '/..',
    '/a/../b',
    '/a/./b',
    '/a/..',
    '/%2e%2e/a',
    '/.%2e/a',
    '/%2E',
    '/a/..;x/b',
    '/..%2fa',
    '/a%2f..%2fb',
    '/a%2f%2e%2e',
    '/a\\b',
    '/a%5cb',
    '/a%5Cb',
    '/a%00b',
    '/%0d%0a',
    '/%1f',
    '/%7f',
    '/a\u0001b',
    '/a b',
    '/a\u007fb',
    '/%',
    '/%4',
    '/%zz',
    '/a#b',
    '/a?b#c',
    '/a\u2603',
    '',
    '*',
    'pets',
    'ftp://host/a',
    'http:///a',
    'http://user@host/a',
    'http://user:pass@host/a',
  ])('security class: path normalisation: %j has none', (raw) => expect(parseRequestTarget(raw)).toBeNull());

  it('takes the absolute form apart', () => {
    expect(parseRequestTarget('http://Host:80/a?b')).toEqual({ authority: 'Host:80', path: '/a', query: 'b' });
    expect(parseRequestTarget('HTTPS://host')).toEqual({ authority: 'host', path: '/', query: '' });
    expect(parseRequestTarget('http://host?a=b')).toEqual({ authority: 'host', path: '/', query: 'a=b' });
  });

  it('separates the parameters of a query by & alone', () => {
    expect(parseRequestTarget('/?a=1;b=2&c=%3B')?.query).toBe('a=1&b=2&c=%3B');
    expect(parseRequestTarget('/?')?.query).toBe('');
    expect(parseRequestTarget('/?a=?b')?.query).toBe('a=?b');
  });

  it.each(['/?a=|', '/?a={b', '/?a=b}', '/?a=b c', '/?a=\u0000'])('refuses %j', (raw) =>
    expect(parseRequestTarget(raw)).toBeNull(),
  );
  it('takes | { } when they are encoded', () => expect(parseRequestTarget('/?a=%7B%7C%7D')?.query).toBe('a=%7B%7C%7D'));

  it('security class: parameter explosion: one limit, whatever separates them', () => {
    const query = (count: number, separator: string) => `/?${Array<string>(count).fill('a').join(separator)}`;
    expect(parseRequestTarget(query(MAX_QUERY_PARAMETERS, '&'))).not.toBeNull();
    expect(parseRequestTarget(query(MAX_QUERY_PARAMETERS + 1, '&'))).toBeNull();
    expect(parseRequestTarget(query(MAX_QUERY_PARAMETERS + 1, ';'))).toBeNull();
  });
});
