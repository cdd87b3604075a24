import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startTestApplication } from './admin-api/admin-api.fixture.js';
import { serve } from './serve.js';
import { StartupError } from './startup-error.js';

afterEach(() => {
  vi.restoreAllMocks();
  process.removeAllListeners('SIGTERM');
  process.removeAllListeners('SIGINT');
});

describe('serve', () => {
  it('says where it listens', async () => {
    const stdout = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { app } = await startTestApplication();
    await serve(app, { host: '127.0.0.1', port: 0 });
    const url = /^control plane: listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(String(stdout.mock.calls[0]![0]))![1]!;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await app.close();
  });

  it('says in one line that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { app } = await startTestApplication();
    await expect(serve(app, { host: '127.0.0.1', port })).rejects.toThrow(
      new StartupError(`GATEHOUSE_ADMIN_PORT: 127.0.0.1:${port} is in use by another process`),
    );
    await app.close();
    await new Promise((resolve) => other.close(resolve));
  });

  it('answers requests in flight, then ends the process with code 0', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    let started = () => {};
    const isStarted = new Promise<void>((resolve) => (started = resolve));
    let finish = () => {};
    const isFinished = new Promise<void>((resolve) => (finish = resolve));
    const { app } = await startTestApplication([], {
      query: async () => {
        started();
        await isFinished;
        return [] as never;
      },
    });
    await serve(app, { host: '127.0.0.1', port: 0 });
    const ended = new Promise<unknown>((resolve) => {
      vi.spyOn(process, 'exit').mockImplementation((code) => resolve(code) as never);
    });

    const answer = fetch(`${await app.getUrl()}/healthz`);
    await isStarted;
    process.emit('SIGTERM');
    finish();
    expect((await answer).status).toBe(200);
    expect(await ended).toBe(0);
  });
});
