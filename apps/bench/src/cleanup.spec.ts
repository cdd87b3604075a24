import { expect, it, vi } from 'vitest';
import { Cleanup } from './cleanup.js';

it('undoes the last first, once, also when a step fails', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const undone: string[] = [];
  const cleanup = new Cleanup();
  cleanup.defer(() => undone.push('directory'));
  cleanup.defer(() => Promise.reject(new Error('does not stop')));
  cleanup.defer(async () => {
    await Promise.resolve();
    undone.push('process');
  });
  await Promise.all([cleanup.run(), cleanup.run()]);
  await cleanup.run();
  expect(undone).toEqual(['process', 'directory']);
  expect(complaints).toHaveBeenCalledOnce();
  expect(() => cleanup.defer(() => undefined)).toThrow('is ending');
});
