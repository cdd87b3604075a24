import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LineLogger } from './line-logger.js';

const stderr = vi.spyOn(console, 'error').mockImplementation(() => {});

beforeEach(() => {
  stderr.mockClear();
  Logger.overrideLogger(new LineLogger());
});
afterEach(() => Logger.overrideLogger(true));

it('writes warnings and errors after the name of their part', () => {
  new Logger('usage').warn('collecting failed');
  new Logger('usage').error('gone', 'at line 1');
  expect(stderr.mock.calls).toEqual([['usage: collecting failed'], ['usage: gone at line 1']]);
});

it('writes what happens on stdout', () => {
  const stdout = vi.spyOn(console, 'log').mockImplementation(() => {});
  new Logger('usage').log('collected again');
  expect(stdout.mock.calls).toEqual([['usage: collected again']]);
  expect(stderr).not.toHaveBeenCalled();
});

it('leaves out the steps of a start, and what Nest throws too', () => {
  new Logger('RouterExplorer').log('Mapped {/restapis, POST} route');
  new Logger('NestApplication').error('listen EADDRINUSE');
  expect(stderr).not.toHaveBeenCalled();
});
