import { temporaryDirectory } from '@gatehouse/testing';
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, rmdir } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { childrenOf, FunctionsFixture } from './functions.fixture.js';
import type { Connection } from './sandbox/network/function-network.js';
import { openNetwork } from './sandbox/network/open-network.js';
import { StartupError } from './startup-error.js';

const isRoot = process.getuid?.() === 0;

/** Tells of each address how an attempt to connect went: what came, or the code of the error. */
const DIAL = `const dial = ([host, port]) => new Promise((resolve) => {
  const socket = require('node:net').connect({ host, port, timeout: 4_000 }, () => undefined);
  socket.once('data', (bytes) => { socket.destroy(); resolve(bytes.toString()); });
  socket.once('timeout', () => { socket.destroy(); resolve('ETIMEDOUT'); });
  socket.once('error', (error) => resolve(error.code)).once('close', () => resolve('closed'));
});
exports.handler = async ({ addresses }) => { const said = []; for (const address of addresses) said.push(await dial(address)); return said; };`;
const VICTIM = `exports.handler = async () => ({ sandbox: process.env.AWS_LAMBDA_LOG_STREAM_NAME, api: process.env.AWS_LAMBDA_RUNTIME_API, address: Object.values(require('node:os').networkInterfaces()).flat().find(({ internal }) => !internal)?.address });`;

interface Victim {
  sandbox: string;
  api: string;
  address: string;
}

/** A service of this machine that greets whoever comes, on all of its addresses. */
let greeter: Server;
beforeAll(async () => {
  greeter = createServer((socket) => socket.on('error', () => undefined).end('hello')).listen(0, '::');
  await once(greeter, 'listening');
});
afterAll(() => void greeter.close());

describe.runIf(isRoot)("security class: isolation of functions: where they share the machine's network", () => {
  const functions = new FunctionsFixture({ GATEHOUSE_FUNCTION_NETWORK: 'machine' });
  let victim: Victim;
  beforeAll(async () => {
    await functions.start();
    await functions.node('victim', VICTIM);
    victim = (await functions.result<Victim>('victim')).payload;
  });
  afterAll(() => functions.stop());

  it('they reach its ports', async () => {
    await functions.node('dials', DIAL);
    const addresses = [['127.0.0.1', (greeter.address() as AddressInfo).port]];
    expect((await functions.result('dials', { addresses })).payload).toEqual(['hello']);
  });

  it("one cannot take another's events, though it knows the port", async () => {
    await functions.node(
      'thief',
      `exports.handler = ({ api }) => new Promise((resolve) => {
        const { request } = require('node:http');
        request('http://' + api + '/2018-06-01/runtime/invocation/next', (response) => { response.resume(); response.on('end', () => resolve(response.statusCode)); })
          .on('error', (error) => resolve(error.code)).end();
      });`,
    );
    expect((await functions.result('thief', victim)).payload).toMatch(/ECONNRESET|EPIPE/);
    expect((await functions.result<Victim>('victim')).payload.sandbox).toBe(victim.sandbox);
  });

  it("each is served its own events only: not even this service's user is", async () => {
    const status = await new Promise((resolve) => {
      request(`http://${victim.api}/2018-06-01/runtime/invocation/next`, (response) => resolve(response.statusCode))
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
        .end();
    });
    expect(status).toBe('ECONNRESET');
  });
});

describe('security class: isolation of functions: with a network of its own', () => {
  const functions = new FunctionsFixture({ GATEHOUSE_FUNCTION_NETWORK: 'isolated' });
  /** Why there is none here. */
  let missing: string | null = null;
  beforeAll(async () => {
    try {
      await functions.start();
    } catch (error) {
      if (!(error instanceof StartupError)) throw error;
      missing = error.message;
      console.warn(`Skipped: ${missing}`);
    }
  });
  afterAll(() => functions.stop());
  beforeEach((context) => {
    if (missing !== null) context.skip(missing);
  });

  it('a function reaches no port of this machine, neither Redis nor the functions service, and no metadata service', async () => {
    await functions.node('dials', DIAL, { timeout: 60 });
    const { port } = greeter.address() as AddressInfo;
    const own = Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => [address, port]));
    const gateways = ['198.19.255.2', '198.19.255.3', '198.19.255.100', '169.254.100.1'].map((host) => [host, port]);
    const services = [functions.service.url, functions.url, functions.environment['GATEHOUSE_CONTROL_PLANE_URL']!].map((text) => {
      const url = new URL(text);
      return [url.hostname, Number(url.port)];
    });
    const addresses = [...own, ...gateways, ...services, ['localhost', port], ['0.0.0.0', port], ['169.254.169.254', 80]];
    const { payload } = await functions.result<string[]>('dials', { addresses });
    expect(payload.map((said, at) => [...addresses[at]!, said])).toEqual(
      addresses.map((address) => [
        ...address,
        expect.stringMatching(/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EACCES|EINVAL|ETIMEDOUT)$/),
      ]),
    );
  });

  it('sandboxes of one function have a loopback each, and abstract sockets of their own', async () => {
    await functions.node(
      'listens',
      `const { createServer } = require('node:http');
      exports.handler = async ({ name }) => {
        const server = createServer((request, response) => response.end(name));
        await new Promise((resolve, reject) => server.once('error', reject).listen(8080, '0.0.0.0', resolve));
        const abstract = require('node:net').createServer();
        await new Promise((resolve, reject) => abstract.once('error', reject).listen('\\0gatehouse-test', resolve));
        await new Promise((done) => setTimeout(done, 1_000));
        const said = await (await fetch('http://localhost:8080/')).text();
        server.close(); abstract.close();
        return said;
      };`,
      { timeout: 20 },
    );
    const said = await Promise.all(['one', 'two'].map((name) => functions.result('listens', { name })));
    expect(said.map(({ payload }) => payload)).toEqual(['one', 'two']);
  });

  it('no sandbox reaches another', async () => {
    await functions.node(
      'serves',
      `${VICTIM.replace('async () =>', '_ =>').replace('exports.handler', 'const own')}
      require('node:net').createServer((socket) => socket.on('error', () => {}).end('hello')).listen(8080, '0.0.0.0');
      exports.handler = async () => own();`,
    );
    const { address } = (await functions.result<Victim>('serves')).payload;
    await functions.node('dials', DIAL, { timeout: 20 });
    const { payload } = await functions.result<string[]>('dials', {
      addresses: [
        [address, 8080],
        ['127.0.0.1', 8080],
      ],
    });
    expect(payload).toEqual([expect.stringMatching(/^E(?:HOSTUNREACH|NETUNREACH|ACCES|TIMEDOUT)$/), 'ECONNREFUSED']);
  });

  it('no sandbox takes the address of another, as which it would get its events', async () => {
    await functions.node('victim', VICTIM);
    const victim = (await functions.result<Victim>('victim')).payload;
    await functions.node(
      'spoofs',
      `const { spawnSync } = require('node:child_process');
      const run = (...command) => { const { status, stderr } = spawnSync(command[0], command.slice(1)); return status === 0 ? 'done' : stderr?.toString().trim().split('\\n').at(-1); };
      exports.handler = async ({ address }) => {
        const socket = require('node:dgram').createSocket('udp4');
        const bound = await new Promise((resolve) => { socket.once('error', (error) => resolve(error.code)).bind(0, address, () => resolve('bound')); });
        return [bound, run('ip', 'addr', 'add', address + '/32', 'dev', 'eth0'), run('unshare', '--user', '--map-root-user', 'ip', 'addr', 'add', address + '/32', 'dev', 'eth0'), run('unshare', '--user', '--map-root-user', 'nsenter', '--net=/proc/1/ns/net', 'true')];
      };`,
    );
    const { payload } = await functions.result<string[]>('spoofs', victim);
    expect(payload[0]).toBe('EADDRNOTAVAIL');
    expect(payload.slice(1)).not.toContain('done');
    expect((await functions.result<Victim>('victim')).payload).toEqual(victim);
  });

  it('a function that floods the Runtime API is ended; others go on', async () => {
    await functions.node('goes-on', 'exports.handler = async () => process.env.AWS_LAMBDA_LOG_STREAM_NAME;');
    const { payload: pid } = await functions.result<string>('goes-on');
    await functions.node(
      'floods',
      `exports.handler = () => new Promise(() => {
        const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
        const dial = () => { const socket = require('node:net').connect(Number(port), host); socket.on('error', () => {}).on('close', dial); };
        for (let n = 0; n < 200; n++) dial();
      });`,
      { timeout: 20 },
    );
    const flood = functions.result<{ errorMessage: string }>('floods');
    for (let n = 0; n < 20; n++) expect((await functions.result('goes-on')).payload).toBe(pid);
    expect((await flood).payload.errorMessage).toMatch(/signal: killed$/);
  });

  it('a function finds nothing in /run, where services of this machine have sockets', async () => {
    const folder = await mkdtemp('/run/gatehouse-test-');
    await functions.node('looks', `exports.handler = async ({ folder }) => require('node:fs').existsSync(folder);`);
    expect((await functions.result('looks', { folder })).payload).toBe(false);
    await rmdir(folder);
  });

  it('each connection is served for the sandbox whose address it has, and none of an unknown one', async (context) => {
    const folder = await temporaryDirectory('network');
    const network = await openNetwork({ wanted: 'isolated', hasMounts: true, folder, closed: [] });
    context.onTestFinished(() => network.release());
    const connect = (name: string) =>
      network.connect(null, {
        serve: async (_, response) => void response.end(name),
        flooded: () => undefined,
      });
    const [one, two] = [await connect('one'), await connect('two')];
    const ask = ({ enter, runtimeApi }: Connection) => {
      const script = `fetch('http://${runtimeApi}').then((response) => response.text(), ({ cause }) => cause.code).then(console.log)`;
      const [command, ...args] = [...enter, process.execPath, '-e', script];
      return new Promise((resolve) => execFile(command!, args, (_, said) => resolve(said.trim())));
    };
    expect(await Promise.all([ask(one), ask(two), ask(one)])).toEqual(['one', 'two', 'one']);
    // Processes of it may be there still.
    const inside = spawn(one.enter[0]!, [...one.enter.slice(1), 'sh', '-c', 'echo there; exec sleep 60']);
    await once(inside.stdout, 'data');
    one.close();
    const enter = ['nsenter', `--net=/proc/${inside.pid}/ns/net`, '--'];
    expect(await ask({ ...one, enter })).toBe('UND_ERR_SOCKET');
    expect(await ask(two)).toBe('two');
    inside.kill();
    two.close();
    await rm(folder, { recursive: true });
  });

  describe('that leads out', () => {
    /** Somewhere else: a namespace with an address that is not of this machine. */
    let elsewhere: ChildProcess;
    const address = `198.51.100.${1 + Math.floor(Math.random() * 254)}`;
    const port = 8_080;
    const uplink = () => childrenOf(process.pid, 'slirp4netns');

    beforeAll(async () => {
      if (missing !== null || uplink().length === 0) return;
      const name = `gh${process.pid}`;
      const serve = `require('node:net').createServer((socket) => socket.on('error', () => {}).end('elsewhere')).listen(${port}, '${address}', () => console.log('listens'));`;
      const script = `ip link set lo up && ip link add eth0 type veth peer name ${name} netns /proc/${process.pid}/ns/net && ip addr add ${address}/32 dev eth0 && ip link set eth0 up && ip route add default dev eth0 && exec "$0" -e "$1"`;
      elsewhere = spawn('unshare', ['--net', 'sh', '-c', script, process.execPath, serve], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(elsewhere.stdout!, 'data');
      const routed = spawn('sh', ['-c', `ip link set ${name} up && ip route add ${address}/32 dev ${name}`], {
        stdio: 'inherit',
      });
      expect(await once(routed, 'exit')).toEqual([0, null]);
    });
    afterAll(() => void elsewhere?.kill('SIGKILL'));
    beforeEach((context) => {
      if (uplink().length > 0) return;
      console.warn('Skipped: slirp4netns does not run here');
      context.skip();
    });

    it('a function reaches what this machine reaches, and asks for names where it is told to', async () => {
      await functions.node('dials', DIAL, { timeout: 20 });
      expect((await functions.result('dials', { addresses: [[address, port]] })).payload).toEqual(['elsewhere']);
      await functions.node('names', `exports.handler = async () => require('node:dns').getServers();`);
      expect((await functions.result('names')).payload).toEqual(['198.19.255.3']);
    });

    it('a function reaches no address that the machine gets later, also of a device without a carrier', async (context) => {
      const [later, name] = [`203.0.113.${1 + Math.floor(Math.random() * 254)}`, `gl${process.pid}`];
      const script = `ip link add ${name} type veth peer name ${name}p && ip addr add ${later}/32 dev ${name} && ip link set ${name} up`;
      context.onTestFinished(() => void spawnSync('ip', ['link', 'del', name]));
      expect(spawnSync('sh', ['-c', script]).status).toBe(0);
      await functions.node('dials', DIAL, { timeout: 20 });
      const addresses = [[later, (greeter.address() as AddressInfo).port]];
      await functions.eventually(
        async () => (await functions.result<string[]>('dials', { addresses })).payload[0] === 'EHOSTUNREACH',
      );
    });

    it('goes on when slirp4netns was killed, and events come all the time', async () => {
      await functions.node('dials', DIAL, { timeout: 20 });
      const dial = async () => (await functions.result<string[]>('dials', { addresses: [[address, port]] })).payload[0];
      const [pid] = uplink();
      process.kill(pid!, 'SIGKILL');
      await functions.eventually(() => !uplink().includes(pid!));
      expect(await dial()).not.toBe('elsewhere');
      await functions.eventually(async () => (await dial()) === 'elsewhere');
    });
  });
});
