import { temporaryDirectory } from '@gatehouse/testing';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FunctionsFixture, SECRET } from './functions.fixture.js';
import { processesOf } from './sandbox/process-table.js';

const functions = new FunctionsFixture();
const isRoot = process.getuid?.() === 0;

/** Tells how an attempt went: `null`, or the code of the error that it met. */
const TRY = `const fs = require('node:fs'); const attempt = (work) => { try { return work(); } catch (error) { return error.code; } };`;
const VICTIM = `exports.handler = async () => { require('node:fs').writeFileSync(process.env.TMPDIR + '/own', 'private');
  return { sandbox: process.env.AWS_LAMBDA_LOG_STREAM_NAME, tmp: process.env.TMPDIR, uid: process.getuid(), gid: process.getgid(), groups: process.getgroups(), root: process.env.LAMBDA_TASK_ROOT }; };`;

interface Victim {
  sandbox: string;
  tmp: string;
  uid: number;
  gid: number;
  groups: number[];
  root: string;
}

beforeAll(() => functions.start());
afterAll(() => functions.stop());

describe('the environment of a function', () => {
  it("has AWS's variables and its own, and nothing of the service's", async () => {
    await functions.node('environment', 'exports.handler = async () => process.env;', {
      environment: { OWN: 'mine', LD_PRELOAD: '', AWS_LAMBDA_FUNCTION_NAME: 'replaced' },
      memorySize: 256,
    });
    const { payload } = await functions.result<Record<string, string>>('environment');
    expect(payload).toMatchObject({
      OWN: 'mine',
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/environment',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^(?:127\.0\.0\.1:\d+|169\.254\.100\.1:9001)$/),
      _HANDLER: 'index.handler',
      TZ: ':UTC',
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/),
    });
    const known = Object.keys(payload).filter(
      (name) => !/^(AWS_|LAMBDA_|_HANDLER|_X_AMZN|OWN|LD_|LANG|TZ|PATH|PWD|HOME|TMPDIR|NODE_PATH|PYTHONPATH)/.test(name),
    );
    expect(known).toEqual([]);
    expect(Object.keys(payload).join()).not.toMatch(/GATEHOUSE|REDIS/);
    expect(JSON.stringify(payload)).not.toContain(SECRET.toString('base64'));
  });
});

describe.runIf(isRoot)('security class: one function and another, with users of their own', () => {
  let victim: Victim;
  beforeAll(async () => {
    await functions.node('victim', VICTIM, { environment: { SECRET: 's3cret' } });
    victim = (await functions.result<Victim>('victim')).payload;
  });

  it('run as different users of the range, without further groups or a way to more rights', async () => {
    await functions.node(
      'other',
      `${TRY} exports.handler = async () => ({ uid: process.getuid(), gid: process.getgid(), groups: process.getgroups(), status: fs.readFileSync('/proc/self/status', 'utf8'), limits: fs.readFileSync('/proc/self/limits', 'utf8'), oom: fs.readFileSync('/proc/self/oom_score_adj', 'utf8') });`,
    );
    const { payload } = await functions.result<{
      uid: number;
      gid: number;
      groups: number[];
      status: string;
      limits: string;
      oom: string;
    }>('other');
    expect(payload.uid).toBeGreaterThanOrEqual(functions.firstUid);
    expect(payload.uid).toBeLessThanOrEqual(functions.lastUid);
    expect(payload.uid).not.toBe(victim.uid);
    expect(payload.gid).not.toBe(0);
    expect([...payload.groups, ...victim.groups].filter((group) => group !== payload.gid && group !== victim.gid)).toEqual([]);
    expect(payload.status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(payload.status).toMatch(/^CapEff:\t0+$/m);
    expect(payload.limits).toMatch(/^Max processes +256 +256/m);
    expect(payload.limits).toMatch(/^Max open files +1024 +1024/m);
    expect(payload.oom).toBe('1000\n');
    expect(payload.limits).toMatch(/^Max core file size +0 +0/m);
  });

  it("cannot read each other's environment, memory or files", async () => {
    await functions.node(
      'spy',
      `${TRY} exports.handler = async ({ pid, tmp, root }) => [
        attempt(() => fs.readFileSync('/proc/' + pid + '/environ', 'utf8')),
        attempt(() => fs.openSync('/proc/' + pid + '/mem', 'r')),
        attempt(() => fs.readdirSync('/proc/' + pid + '/fd')),
        attempt(() => fs.readdirSync(tmp)),
        attempt(() => fs.readFileSync(tmp + '/own', 'utf8')),
        attempt(() => process.kill(pid, 'SIGKILL')),
        attempt(() => fs.readFileSync(root + '/index.js', 'utf8')),
      ];`,
    );
    const [{ pid } = { pid: 0 }] = processesOf((uid) => uid === victim.uid);
    const { payload } = await functions.result('spy', { ...victim, pid });
    const hidden = expect.stringMatching(/^(?:EACCES|ENOENT)$/);
    expect(payload).toEqual([hidden, hidden, hidden, 'EACCES', 'EACCES', expect.stringMatching(/^(?:EPERM|ESRCH)$/), 'EACCES']);
    expect((await functions.result<Victim>('victim')).payload.sandbox).toBe(victim.sandbox);
  });

  it('leave nothing that forks and ends all the time, and so is never there when somebody looks', async () => {
    const chain = 'f() { [ $1 -gt 0 ] && f $(($1 - 1)) & }; f 20000';
    await functions.node(
      'chain',
      `exports.handler = async ({ ends }) => {
        if (!ends) return process.getuid();
        require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(chain)}], { detached: true, stdio: 'ignore' }).unref();
        await new Promise((done) => setTimeout(done, 300));
        process.exit(1);
      };`,
      { timeout: 10 },
    );
    const { payload: uid } = await functions.result<number>('chain', {});
    expect((await functions.result('chain', { ends: true })).error).not.toBeNull();
    await functions.eventually(() => processesOf((owner) => owner === uid).length === 0);
    let seen = 0;
    for (let look = 0; look < 200; look++) {
      seen += processesOf((owner) => owner === uid).length;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(seen).toBe(0);
  });

  it("cannot read Gatehouse's data folder or the environment of its processes", async () => {
    await mkdir(path.join(functions.dataDir, 'secrets'), { recursive: true });
    await writeFile(path.join(functions.dataDir, 'secrets', 'master.key'), 'key');
    await chmod(functions.dataDir, 0o700);
    await functions.node(
      'reader',
      `${TRY} exports.handler = async ({ dataDir, pid }) => [
        attempt(() => fs.readdirSync(dataDir)),
        attempt(() => fs.readFileSync(dataDir + '/secrets/master.key', 'utf8')),
        attempt(() => fs.readFileSync('/proc/' + pid + '/environ', 'utf8')),
        attempt(() => fs.openSync('/proc/' + pid + '/mem', 'r')),
        attempt(() => fs.readFileSync('/etc/shadow', 'utf8')),
        attempt(() => fs.writeFileSync(process.env.LAMBDA_TASK_ROOT + '/index.js', 'changed')),
        attempt(() => fs.writeFileSync(process.env.LAMBDA_RUNTIME_DIR + '/node.cjs', 'changed')),
      ];`,
    );
    const { payload } = await functions.result('reader', { dataDir: functions.dataDir, pid: process.pid });
    const hidden = expect.stringMatching(/^(?:EACCES|ENOENT)$/);
    expect(payload).toEqual([hidden, hidden, hidden, hidden, 'EACCES', 'EACCES', 'EACCES']);
  });

  it('cannot have its limits taken away by a library that the loader prefers', async () => {
    await functions.node(
      'loader',
      "exports.handler = async () => require('node:fs').readFileSync('/proc/self/limits', 'utf8');",
      {
        environment: { LD_LIBRARY_PATH: '/nowhere', LD_PRELOAD: '/nowhere/evil.so' },
      },
    );
    expect((await functions.result('loader')).payload).toMatch(/^Max processes +256 +256/m);
  });

  it('shares no place that everyone may write to, where the machine allows namespaces', async (context) => {
    const probe = spawnSync('unshare', ['--mount', '--ipc', 'true']);
    if (probe.status !== 0) {
      console.warn('Skipped: this machine allows no mount namespaces');
      return context.skip();
    }
    const look = `const own = (folder) => fs.readdirSync(folder).filter((name) => name.startsWith('left-'));`;
    await functions.node(
      'leaves',
      `${TRY} ${look} exports.handler = async () => { fs.writeFileSync('/tmp/left-1', ''); fs.writeFileSync('/dev/shm/left-2', ''); return [own('/tmp'), own('/dev/shm'), fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length]; };`,
    );
    expect((await functions.result('leaves')).payload).toEqual([['left-1'], ['left-2'], 1]);
    await functions.node('looks', `${TRY} ${look} exports.handler = async () => [own('/tmp'), own('/dev/shm')];`);
    expect((await functions.result('looks')).payload).toEqual([[], []]);
    expect([readdirSync('/tmp'), readdirSync('/dev/shm')].flat().filter((name) => name.startsWith('left-'))).toEqual([]);
  });

  it('leaves nothing that runs when its sandbox ends', async () => {
    await functions.node(
      'leaver',
      `const { spawn } = require('node:child_process');
      exports.handler = async () => {
        spawn('/bin/sh', ['-c', 'setsid sh -c "setsid sleep 1000 & sleep 1000" & sleep 1000'], { detached: true, stdio: 'ignore', env: {} }).unref();
        await new Promise((done) => setTimeout(done, 300));
        return process.getuid();
      };`,
    );
    const { payload: uid } = await functions.result<number>('leaver');
    expect(processesOf((owner) => owner === uid).length).toBeGreaterThan(1);
    await functions.node('leaver', 'exports.handler = async () => 1;');
    await functions.eventually(() => processesOf((owner) => owner === uid).length === 0);
  });

  it('leaves no files when its sandbox ends', async () => {
    await functions.node(
      'writer',
      "exports.handler = async () => { require('node:fs').writeFileSync(process.env.TMPDIR + '/a', 'b'); return process.env.TMPDIR; };",
    );
    const { payload: folder } = await functions.result<string>('writer');
    expect(readdirSync(folder)).toEqual(['a']);
    await functions.node('writer', 'exports.handler = async () => 1;');
    await functions.eventually(() => !readdirSync(path.dirname(folder)).includes(path.basename(folder)));
  });

  it('may not fill the disk', async () => {
    await functions.node(
      'filler',
      `const fs = require('node:fs');
      exports.handler = async () => { for (let n = 0; ; n++) { fs.writeFileSync(process.env.TMPDIR + '/' + n, Buffer.alloc(50_000_000)); await new Promise((done) => setTimeout(done, 50)); } };`,
      { timeout: 60, memorySize: 512 },
    );
    const { payload } = await functions.result<{ errorMessage: string }>('filler');
    expect(payload.errorMessage).toMatch(/signal: killed$/);
  });
});

describe.runIf(isRoot)('users of functions', () => {
  it('are shared with other processes of this machine, none of them twice', async () => {
    const { UidBlock } = await import('./sandbox/uid-block.js');
    const folder = await temporaryDirectory('uids');
    const range = { first: 703_488, last: 703_800 };
    const one = await UidBlock.take(range, 10, folder);
    const two = await UidBlock.take(range, 10, folder);
    expect(one.all).toHaveLength(256);
    expect(two.all).toHaveLength(57);
    expect(two.all.filter((uid) => one.all.includes(uid))).toEqual([]);
    // Another range, which has some of the same users.
    const overlapping = { first: 703_740, last: 704_000 };
    const three = await UidBlock.take(overlapping, 300, folder);
    expect(three.all).toEqual([704_000]);
    await expect(UidBlock.take(range, 10, folder)).rejects.toThrow(
      'GATEHOUSE_FUNCTION_UIDS: other functions processes of this machine use all of these user ids',
    );
    await one.release();
    const again = await UidBlock.take(range, 10, folder);
    expect(again.all).toEqual(one.all);
    for (const block of [two, three, again]) await block.release();
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('of a process that has ended without a word are taken by one of many that start then', async () => {
    const { UidBlock } = await import('./sandbox/uid-block.js');
    const folder = await temporaryDirectory('uids');
    const range = { first: 703_488, last: 703_999 };
    for (let round = 0; round < 5; round++) {
      // Both blocks; its shell says when it has them.
      const dead = spawn('/bin/sh', ['-c', 'exec 8>>703488 9>>703744; flock 8; flock 9; echo; read forever'], { cwd: folder });
      await once(dead.stdout, 'data');
      const uid = 703_500;
      const other = await UidBlock.take({ first: 704_000, last: 704_000 }, 1, folder);
      expect([other.wasTaken(uid), other.wasTaken(704_001), other.wasTaken(705_000)]).toEqual([true, true, false]);
      const work = vi.fn(() => Promise.resolve());
      await other.unlessOfAnother(uid, work);
      expect(work).not.toHaveBeenCalled();
      dead.kill('SIGKILL');
      await once(dead, 'close');
      const takes = await Promise.allSettled(Array.from({ length: 12 }, () => UidBlock.take(range, 1, folder)));
      const taken = takes.flatMap((take) => (take.status === 'fulfilled' ? [take.value] : []));
      expect(taken.map(({ all }) => all[0]).sort()).toEqual([703_488, 703_744]);
      for (const block of taken) await block.release();
      await other.unlessOfAnother(uid, async () => {
        work();
        await expect(UidBlock.take({ first: uid, last: uid }, 1, folder)).rejects.toThrow('use all of these user ids');
      });
      expect(work).toHaveBeenCalledOnce();
      await other.release();
      expect(await readdir(folder)).toEqual([]);
    }
    await rm(folder, { recursive: true });
  });

  it('are nobody whom the machine knows', async () => {
    const { UidBlock } = await import('./sandbox/uid-block.js');
    const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
    const [name, , uid] = users.find((user) => Number(user[2]) > 0 && Number(user[2]) < 60_000)!;
    const range = { first: Number(uid), last: Number(uid) };
    await expect(UidBlock.take(range, 1, '/nowhere')).rejects.toThrow(
      `GATEHOUSE_FUNCTION_UIDS is ${uid}-${uid}, which holds ${uid}, the user ${name} of this machine`,
    );
  });
});
