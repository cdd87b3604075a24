import { describe, expect, it } from 'vitest';
import { OptionError } from './option-values.js';
import { readOptions } from './options.js';

describe('readOptions', () => {
  it("has the task's sizes by default", () => {
    expect(readOptions(['publish'])).toEqual({
      benchmark: 'publish',
      apis: [100, 10_000],
      calls: 1000,
      gateways: 3,
      connections: 16,
    });
    expect(readOptions(['proxy'])).toEqual({
      benchmark: 'proxy',
      parts: ['features', 'plain', 'p99', 'bodies', 'idle', 'scale', 'matrix'],
      rounds: 5,
      seconds: 4,
      connections: [1, 64, 512],
      keys: 10_000,
      idleConnections: 10_000,
      soakMillions: 10,
      json: undefined,
    });
    expect(readOptions(['admin'])).toEqual({
      benchmark: 'admin',
      parts: ['import', 'apis', 'keys', 'parallel'],
      apis: 10_000,
      keys: 1_000_000,
      calls: 1000,
      seconds: 60,
    });
    expect(readOptions(['limits'])).toEqual({
      benchmark: 'limits',
      parts: ['rates', 'quota', 'away'],
      rates: [5, 100, 10_000],
      seconds: 30,
    });
    expect(() => readOptions(['limits', '--seconds', '9'])).toThrow('--seconds: windows of 10 seconds are looked at');
  });

  it('reads what is given', () => {
    expect(readOptions(['publish', '--apis', '3', '--calls', '5', '--gateways', '1', '--connections', '2'])).toEqual({
      benchmark: 'publish',
      apis: [3],
      calls: 5,
      gateways: 1,
      connections: 2,
    });
    expect(readOptions(['proxy', '--only', 'p99,features', '--rounds', '3', '--json', 'out.json'])).toMatchObject({
      parts: ['features', 'p99'],
      rounds: 3,
      json: 'out.json',
    });
  });

  it('is quick but where told otherwise', () => {
    expect(readOptions(['proxy', '--quick', '--seconds', '2'])).toMatchObject({ rounds: 2, seconds: 2, keys: 100 });
  });

  it('profiles alone, or beside what is named', () => {
    expect(readOptions(['proxy', '--profile'])).toMatchObject({ parts: ['profile'] });
    expect(readOptions(['proxy', '--profile', '--only', 'plain'])).toMatchObject({ parts: ['plain', 'profile'] });
  });

  it.each([
    [[]],
    [['race']],
    [['publish', '--apis', '0']],
    [['publish', '--calls', '1e3']],
    [['publish', '--fast']],
    [['publish', 'proxy']],
    [['proxy', '--only', 'everything']],
    [['proxy', '--connections', '1,,2']],
    [['admin', '--only', 'everything']],
    [['admin', '--keys', '0']],
  ])('refuses %j', (args) => {
    expect(() => readOptions(args)).toThrow(OptionError);
  });
});
