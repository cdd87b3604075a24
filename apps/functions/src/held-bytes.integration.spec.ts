import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FunctionsFixture, TAIL } from './functions.fixture.js';

const functions = new FunctionsFixture();
let missing: string | undefined;
beforeAll(async () => {
  await functions.start();
  missing = await functions.whyNoPython();
});
beforeEach((context) => {
  if (missing) context.skip(missing);
});
afterAll(() => functions.stop());

const python = (name: string, source: string) =>
  functions
    .put({ name, runtime: 'python3.12', timeout: 20, files: { 'index.py': `import os, time\n${source}` } })
    .then((revision) => functions.known(name, revision));

interface Payload {
  errorMessage: string;
}

/** Expects that the function is killed, for the reason that its log has. */
async function expectKilled(name: string, what: string) {
  const { payload, log } = await functions.result<Payload>(name, {}, TAIL);
  expect(payload.errorMessage).toMatch(/signal: killed$/);
  expect(log).toContain(`The function has used more ${what} than it may and is killed`);
}

/** Writes megabytes to a descriptor. */
const FILL = `
def fill(file, megabytes):
    for n in range(megabytes): os.write(file, b'x' * 1048576)
    return file
`;

describe('what a function holds by descriptors alone', () => {
  it('counts as memory where it lies in memory', async () => {
    await python('memfd', `${FILL}\ndef handler(event, context):\n    fill(os.memfd_create('m'), 200)\n    time.sleep(15)`);
    await expectKilled('memfd', 'memory');
  });

  it('counts once, and not once more where it is mapped', async () => {
    await python(
      'mapped',
      `import mmap
${FILL}
def handler(event, context):
    file = fill(os.memfd_create('m'), 70)
    copies = [os.dup(file) for n in range(10)]
    mapped = mmap.mmap(file, 70 * 1048576)
    sum(mapped[::4096])
    time.sleep(5)
    return len(copies)`,
    );
    expect(await functions.result('mapped')).toMatchObject({ error: null, payload: 10 });
  });

  it('counts as temporary files where it lies on a disk', async () => {
    await python(
      'removed',
      `${FILL}
def handler(event, context):
    kept = []
    for n in range(3):
        path = os.environ['TMPDIR'] + '/f'
        kept.append(fill(os.open(path, os.O_CREAT | os.O_RDWR), 200))
        os.unlink(path)
    time.sleep(15)`,
    );
    await expectKilled('removed', 'temporary files');
  });

  it('is bounded in number', async () => {
    await python(
      'many',
      `def handler(event, context):
    for n in range(10):
        if os.fork() == 0:
            for m in range(900): os.open('/dev/null', os.O_RDONLY)
            time.sleep(15)
            os._exit(0)
    time.sleep(15)`,
    );
    await expectKilled('many', 'file descriptors');
  });

  it('counts as memory in a /dev/shm of its own', async (context) => {
    if (process.getuid?.() !== 0 || spawnSync('unshare', ['--mount', '--ipc', 'true']).status !== 0) {
      console.warn('Skipped: this machine allows no mount namespaces');
      return context.skip();
    }
    await python(
      'shm',
      `${FILL}
def handler(event, context):
    fill(os.open('/dev/shm/f', os.O_CREAT | os.O_RDWR), 60)
    kept = b'x' * (90 * 1048576)
    time.sleep(15)
    return len(kept)`,
    );
    await expectKilled('shm', 'memory');
  });
});
