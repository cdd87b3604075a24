import { freePort, startPostgres, startRedis } from '@gatehouse/embedded';
import { temporaryDirectory } from '@gatehouse/testing';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { realpath, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const program = path.resolve(import.meta.dirname, '../dist/main.js');

/** One `gatehouse start` as a process, and what it printed. */
class Start {
  printed = '';
  readonly process: ChildProcess;
  private heard: (() => void) | undefined;

  constructor(env: NodeJS.ProcessEnv, ...args: string[]) {
    this.process = spawn(process.execPath, [program, 'start', ...args], { env: { PATH: process.env.PATH, ...env } });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.printed += text;
        this.heard?.();
      });
    }
    this.process.once('close', () => this.heard?.());
  }

  /** Waits until a text was printed; throws when the process ends first. */
  async says(text: string): Promise<void> {
    while (!this.printed.includes(text)) {
      if (this.process.exitCode !== null) throw new Error(`it ended without saying ${JSON.stringify(text)}:\n${this.printed}`);
      await new Promise<void>((resolve) => (this.heard = resolve));
    }
  }

  get curls(): string[] {
    return [...this.printed.matchAll(/^ {2}(curl .*)$/gm)].map((match) => match[1]!);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill(signal);
      await once(this.process, 'close');
    }
    return this.process.exitCode;
  }
}

/** Ids of the processes that a process started. */
async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout
    .split('\n')
    .map(Number)
    .filter((child) => child > 0);
}
/** Those, and what they started in turn: the workers of gateways, the processes of Postgres. */
async function descendantsOf(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}
const isAlive = (pid: number) => existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

let dataDir: string;
let env: NodeJS.ProcessEnv;
const started: Start[] = [];
const start = (more: NodeJS.ProcessEnv = {}, ...args: string[]) => {
  const one = new Start({ ...env, ...more }, ...args);
  started.push(one);
  return one;
};

beforeAll(async () => {
  dataDir = await temporaryDirectory('start');
  const [GATEHOUSE_ADMIN_PORT, GATEHOUSE_FUNCTIONS_PORT, GATEHOUSE_GATEWAY_PORT, GATEHOUSE_INTERNAL_PORT] = (
    await Promise.all([freePort(), freePort(), freePort(2), freePort(2)])
  ).map(String);
  env = {
    GATEHOUSE_DATA_DIR: dataDir,
    GATEHOUSE_ADMIN_PORT,
    GATEHOUSE_FUNCTIONS_PORT,
    GATEHOUSE_GATEWAY_PORT,
    GATEHOUSE_INTERNAL_PORT,
  };
});
afterEach(async () => {
  for (const one of started.splice(0)) await one.end('SIGTERM');
});
afterAll(async () => {
  const cluster = await realpath(path.join(dataDir, 'postgres/cluster'));
  await rm(cluster, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
});

describe('gatehouse start', () => {
  it('prints curl lines that do what it says of them, and stops everything that it started', async () => {
    const first = start();
    await first.says('429):');
    await first.says('/function\n');
    const [withKey, without, overTheLimit, ofFunction] = first.curls;
    const paste = async (line: string) => (await run('sh', ['-c', line])).stdout;
    expect(await paste(withKey!)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await paste(without!)).toMatch(/^HTTP\/1\.1 403 [\s\S]*\{"message":"Forbidden"\}$/);
    expect((await paste(overTheLimit!)).trim().split('\n').at(-1)).toBe('429');
    expect(await paste(ofFunction!)).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"message":"Hello from Lambda!"\}\n$/);

    const endpoints = JSON.parse(readFileSync(path.join(dataDir, 'endpoints.json'), 'utf8')) as {
      admin: string;
      internal: string[];
    };
    expect((await fetch(`${endpoints.admin}/healthz`)).status).toBe(200);
    expect((await fetch(`${endpoints.internal[0]}/readyz`)).status).toBe(200);

    const children = await childrenOf(first.process.pid!);
    expect(children).toHaveLength(5); // Postgres, Redis, control plane, functions service, gateway
    const all = await descendantsOf(first.process.pid!);
    expect(all.filter((pid) => commandOf(pid).includes('gateway/dist/worker'))).toHaveLength(availableParallelism());
    expect(await first.end('SIGINT')).toBe(0);
    expect(all.filter(isAlive)).toEqual([]);
    expect(existsSync(path.join(dataDir, 'endpoints.json'))).toBe(false);
  });

  it('comes back with the same API and key, starts dead parts again, and lets nobody else in', async () => {
    const second = start();
    await second.says('?n=[');
    const children = await childrenOf(second.process.pid!);
    for (const app of ['apps/gateway', 'apps/control-plane', 'apps/functions']) {
      process.kill(
        children.find((pid) => commandOf(pid).includes(app))!,
        'SIGKILL',
      );
    }
    await second.says('the gateway on port ' + env.GATEHOUSE_GATEWAY_PORT + ' runs again');
    await second.says('the control plane runs again');
    await second.says('the functions service runs again');
    expect((await run('sh', ['-c', second.curls[0]!])).stdout).toMatch(/^HTTP\/1\.1 200 /);

    const third = start();
    await once(third.process, 'close');
    expect(third.printed).toBe(
      `gatehouse: Gatehouse already runs on ${dataDir} (process ${second.process.pid}); stop it first, or set GATEHOUSE_DATA_DIR\n`,
    );
    expect(third.process.exitCode).toBe(1);
    const elsewhere = start({ GATEHOUSE_DATA_DIR: path.join(dataDir, 'other') });
    await once(elsewhere.process, 'close');
    expect(elsewhere.printed).toContain(
      `port ${env.GATEHOUSE_ADMIN_PORT} on 127.0.0.1 is in use; GATEHOUSE_ADMIN_PORT chooses another`,
    );
    expect(elsewhere.process.exitCode).toBe(1);
  });

  it('has a fleet of its gateway and its functions process, which `gatehouse fleet` shows', async () => {
    const shown = start();
    await shown.says('?n=[');
    const { stdout } = await run(process.execPath, [program, 'fleet'], { env: { PATH: process.env.PATH, ...env } });
    const [gateways, functions] = stdout.trim().split('\n\n');
    expect(gateways).toMatch(new RegExp(`\\n\\S+ +\\S*:${env.GATEHOUSE_GATEWAY_PORT} `));
    const since = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
    // One function, the example; nothing is under way, and nothing was refused.
    expect(functions).toMatch(
      new RegExp(
        `^FUNCTIONS PROCESS +ADDRESS +SERVING SINCE +SEQUENCE +FUNCTIONS +UNDER WAY +REFUSED\\n\\S+ +127.0.0.1:${env.GATEHOUSE_FUNCTIONS_PORT} +${since} +\\d+ +1 +0 +0$`,
      ),
    );
  });

  it('leaves nothing behind when it is killed', async () => {
    const killed = start();
    await killed.says('?n=[');
    const all = await descendantsOf(killed.process.pid!);
    await killed.end('SIGKILL');
    await expect.poll(() => all.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  });

  it('uses the Postgres and the Redis that the environment names, with as many gateways as are wanted', async () => {
    const options = { temporary: true };
    const postgres = await startPostgres({ dataDir: await temporaryDirectory('postgres'), ...options });
    const redis = await startRedis({ dataDir: await temporaryDirectory('redis'), ...options });
    try {
      const other = path.join(dataDir, 'given');
      const given = start({ DATABASE_URL: postgres.url, REDIS_URL: redis.url, GATEHOUSE_DATA_DIR: other }, '--gateways', '2');
      await given.says('?n=[');
      expect(await childrenOf(given.process.pid!)).toHaveLength(4);
      expect(existsSync(path.join(other, 'postgres'))).toBe(false);
      expect(await given.end('SIGTERM')).toBe(0);
    } finally {
      await postgres.stop();
      await redis.stop();
    }
  });

  it('says in one line what a part cannot start for, and stops the others', async () => {
    const wrong = start({ GATEHOUSE_UPSTREAM_CONNECTIONS: 'many' });
    await once(wrong.process, 'close');
    expect(wrong.process.exitCode).toBe(1);
    expect(wrong.printed.trim().split('\n').at(-1)).toBe(
      `gatehouse: the gateway on port ${env.GATEHOUSE_GATEWAY_PORT}: GATEHOUSE_UPSTREAM_CONNECTIONS is "many", which is not a whole number`,
    );
  });
});
