import { describe, expect, it } from 'vitest';
import { Supervisor, type Part } from './supervisor.js';

/** A part whose end the test decides. */
class FakePart implements Part {
  ready = Promise.resolve();
  end!: (reason: string) => void;
  exited = new Promise<string>((resolve) => (this.end = resolve));
  constructor(
    readonly name: string,
    private readonly stopped: string[],
  ) {}
  stop() {
    this.stopped.push(this.name);
    this.end('stopped');
    return Promise.resolve();
  }
  kill() {
    this.end('killed');
  }
}

const setUp = () => {
  const said: string[] = [];
  const stopped: string[] = [];
  const started: FakePart[] = [];
  let heard: (() => void) | undefined;
  const supervisor = new Supervisor((line) => {
    said.push(line);
    heard?.();
  });
  const start = (name: string) => () => {
    const part = new FakePart(name, stopped);
    started.push(part);
    return Promise.resolve(part);
  };
  const nextWord = () => new Promise<void>((resolve) => (heard = resolve));
  return { supervisor, said, stopped, started, start, nextWord };
};

describe('Supervisor', () => {
  it('stops parts floor by floor from the top', async () => {
    const { supervisor, stopped, start } = setUp();
    await supervisor.run('redis', 0, start('redis'));
    await supervisor.run('control plane', 1, start('control plane'));
    await supervisor.run('gateway', 2, start('gateway'));
    await supervisor.stop();
    expect(stopped).toEqual(['gateway', 'control plane', 'redis']);
  });

  it('starts a part again that ended by itself, and stops the new one', async () => {
    const { supervisor, said, stopped, started, start, nextWord } = setUp();
    await supervisor.run('gateway', 0, start('gateway'));
    started[0]!.end('killed by SIGKILL');
    await nextWord();
    await nextWord();
    expect(said).toEqual(['gateway ended (killed by SIGKILL); starting it again', 'gateway runs again']);
    expect(started).toHaveLength(2);
    await supervisor.stop();
    expect(stopped).toEqual(['gateway']);
  });

  it('does not start a part again that is being stopped', async () => {
    const { supervisor, started, said, start } = setUp();
    await supervisor.run('gateway', 0, start('gateway'));
    await supervisor.stop();
    expect(started).toHaveLength(1);
    expect(said).toEqual([]);
  });

  it('gives up on a part that keeps ending', async () => {
    const { supervisor, start } = setUp();
    await supervisor.run('gateway', 0, async () => {
      const part = await start('gateway')();
      part.end('exit code 1');
      return part;
    });
    await expect(supervisor.failed).rejects.toThrow('gateway keeps ending: exit code 1');
  });

  it('passes on why a part could not be started, and stops one that did not become ready', async () => {
    const { supervisor, stopped, started, start } = setUp();
    await expect(supervisor.run('redis', 0, () => Promise.reject(new Error('no Redis')))).rejects.toThrow('no Redis');
    const unready = async () => Object.assign(await start('gateway')(), { ready: Promise.reject(new Error('port in use')) });
    await expect(supervisor.run('gateway', 1, unready)).rejects.toThrow('port in use');
    expect(stopped).toEqual(['gateway']);
    await supervisor.stop();
    expect(started).toHaveLength(1);
  });

  it('stops a part that is just being started, and starts none afterwards', async () => {
    const { supervisor, stopped, start } = setUp();
    let begin!: () => void;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    void supervisor.run('postgres', 0, () => begun.then(start('postgres')));
    const ended = supervisor.stop();
    begin();
    await ended;
    expect(stopped).toEqual(['postgres']);
    await expect(supervisor.run('redis', 0, start('redis'))).rejects.toThrow('redis was not started');
  });
});
