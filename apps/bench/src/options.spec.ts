import { describe, expect, it } from 'vitest';
import { OptionError, readOptions } from './options.js';

describe('readOptions', () => {
  it("has the task's sizes by default", () => {
    expect(readOptions(['publish'])).toEqual({ apis: [100, 10_000], calls: 1000, gateways: 3, connections: 16 });
  });

  it('reads what is given', () => {
    expect(readOptions(['publish', '--apis', '3', '--calls', '5', '--gateways', '1', '--connections', '2'])).toEqual({
      apis: [3],
      calls: 5,
      gateways: 1,
      connections: 2,
    });
  });

  it.each([[[]], [['proxy']], [['publish', '--apis', '0']], [['publish', '--calls', '1e3']], [['publish', '--fast']]])(
    'refuses %j',
    (args) => {
      expect(() => readOptions(args)).toThrow(OptionError);
    },
  );
});
