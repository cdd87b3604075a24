import { afterEach, describe, expect, it } from 'vitest';
import { startExampleBackend, type ExampleBackend } from './example-backend.js';

const running: ExampleBackend[] = [];
afterEach(() => running.splice(0).forEach(({ server }) => server.close()));

const start = async (port?: number) => {
  const backend = await startExampleBackend(port);
  running.push(backend);
  return backend;
};

describe('startExampleBackend', () => {
  it('answers with what it received, without secrets', async () => {
    const { port } = await start();
    const answer = await fetch(`http://127.0.0.1:${port}/a?b=c`, {
      method: 'POST',
      body: 'hi',
      headers: { 'x-api-key': 'secret', 'x-other': 'seen' },
    });
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ method: 'POST', path: '/a?b=c', body: 'hi', headers: { 'x-other': 'seen' } });
    expect(text).not.toContain('secret');
  });

  it('keeps a preferred port, and takes another when it is in use', async () => {
    const { port, server } = await start();
    expect((await start(port)).port).not.toBe(port);
    await new Promise((resolve) => server.close(resolve));
    expect((await start(port)).port).toBe(port);
  });
});
