import { Socket } from 'node:net';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SocketHandle } from './direct-write.js';

/** A request as Node makes it; `waits` once its write had to wait. */
class Request {
  waits = false;
  getAsyncId(): number {
    return this.waits ? 7 : -1;
  }
  oncomplete(): void {}
}
/** As it would be in a Node that is built differently. */
class OtherRequest {}

/** A handle that answers each write as told, and notes what it was given. */
class Handle implements SocketHandle {
  bytesWritten = 0;
  writeQueueSize = 0;
  readonly written: [request: object, text: string][] = [];
  answer = 0;
  waits = false;

  writeLatin1String(request: Parameters<SocketHandle['writeLatin1String']>[0], text: string): number {
    this.written.push([request, text]);
    if (this.waits) (request as Request).waits = true;
    return this.answer;
  }
}

// What was learnt is kept in the module.
let module: typeof import('./direct-write.js');
beforeEach(async () => {
  vi.resetModules();
  module = await import('./direct-write.js');
});

const learn = (handle: Handle, request: object = new Request()) => {
  const before = module.canWriteDirectly(handle);
  handle.writeLatin1String(request as Request, 'first');
  return [before, module.canWriteDirectly(handle)];
};

describe('direct writes', () => {
  it('are learnt from the first write of Node itself, which they leave as it is', () => {
    const handle = new Handle();
    expect(learn(handle)).toEqual([false, true]);
    expect(handle.written.map(([, text]) => text)).toEqual(['first']);
    expect(Object.hasOwn(handle, 'writeLatin1String')).toBe(false);
  });

  it('are not made in a Node that is built differently', () => {
    const handle = new Handle();
    expect(learn(handle, new OtherRequest())).toEqual([false, false]);
    expect(handle.written.map(([, text]) => text)).toEqual(['first']);
    expect(Object.hasOwn(handle, 'writeLatin1String')).toBe(false);
  });

  it('use one request as long as nothing waits, and leave it to what does', () => {
    const handle = new Handle();
    learn(handle);
    const socket = new Socket();
    expect([1, 2].map((n) => module.writeDirectly(socket, handle, `${n}`))).toEqual([null, null]);
    handle.waits = true;
    const waiting = module.writeDirectly(socket, handle, '3');
    handle.waits = false;
    expect(module.writeDirectly(socket, handle, '4')).toBe(null);
    const [one, two, three, four] = handle.written.slice(1).map(([request]) => request);
    expect([two === one, three === one, waiting === three, four === three]).toEqual([true, true, true, false]);
  });

  it('end a connection that is broken with the error that Node would give it', async () => {
    const handle = new Handle();
    learn(handle);
    const socket = new Socket();
    const failed = new Promise((resolve) => socket.on('error', resolve));
    handle.answer = -32;
    expect(module.writeDirectly(socket, handle, 'x')).toBe(null);
    expect(await failed).toMatchObject({ message: 'write EPIPE', code: 'EPIPE', errno: -32, syscall: 'write' });
  });
});
