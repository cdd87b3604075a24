import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Server } from 'node:net';
import { lastLine, ProgramFailed, runProgram } from '../programs.js';

/** Programs of the machine, by their paths. */
export interface NetworkPrograms {
  unshare: string;
  nsenter: string;
  ip: string;
}

/** Where the Runtime API is in every sandbox. Source: AWS_LAMBDA_RUNTIME_API on AWS. */
export const RUNTIME_API = { host: '169.254.100.1', port: 9001 };

/** Addresses that exist between sandboxes and router only. Source: RFC 2544, for tests of routers; so they are nobody's whom a function means to reach. */
export const INNER_ADDRESSES = '198.18.0.0/15';

/** Name of the way out, where there is one. */
export const UPLINK = 'tap0';
/** Routing table of what comes from sandboxes and goes anywhere but to the router itself. */
const TABLE = 100;

/** No sandbox ever reaches these: others, the metadata services of clouds, loopback of whoever passes packets on, and what is no address of one machine. */
export const CLOSED: readonly string[] = [
  INNER_ADDRESSES,
  '169.254.0.0/16',
  '127.0.0.0/8',
  '0.0.0.0/8',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * Strict reverse paths: a sandbox sends from its own address only. What comes from sandboxes (neither from the router itself nor from the uplink) has one table, which prohibits
 * everything until there is an uplink.
 */
const RULES = `
link set lo up
addr add ${RUNTIME_API.host}/32 dev lo
rule add pref 100 iif lo lookup main
rule add pref 110 iif ${UPLINK} lookup main
rule add pref 300 lookup ${TABLE}
route add prohibit default metric 4294967295 table ${TABLE}
${CLOSED.map((prefix) => `route add prohibit ${prefix} table ${TABLE}`).join('\n')}
`;

/** Run as root in a network namespace of its own: `$1` is `ip`, `$2` its commands; the rest of the arguments is what runs there then. */
const SET_UP = [
  'cd /proc/sys/net',
  'for on in ipv4/ip_forward ipv4/conf/default/rp_filter ipv6/conf/all/disable_ipv6 ipv6/conf/default/disable_ipv6; do [ ! -e $on ] || echo 1 >$on || exit 125; done',
  // Refusals are to come at once.
  'echo 0 >ipv4/icmp_ratelimit || exit 125',
  'for off in accept_redirects send_redirects accept_source_route; do echo 0 >ipv4/conf/all/$off && echo 0 >ipv4/conf/default/$off || exit 125; done',
  'printf %s "$2" | "$1" -batch - || exit 125',
  'shift 2',
  'exec "$@"',
].join('\n');

/** A socket that listens stays in the network in which it was made, wherever it is accepted from. */
const LISTEN = `const server = require('node:net').createServer();
server.listen({ host: '${RUNTIME_API.host}', port: ${RUNTIME_API.port}, backlog: 4096 }, () => process.send('listener', server));
process.once('disconnect', () => process.exit());`;

/**
 * A network namespace in which nothing runs: each sandbox has a wire to it. It holds the Runtime API's address, and passes on what may leave the machine. It is there as long as this
 * process, which is all that knows it.
 */
export class Router {
  private constructor(
    readonly programs: NetworkPrograms,
    /** Takes connections of sandboxes. */
    readonly listener: Server,
    /** Descriptor of the namespace. */
    readonly descriptor: number,
  ) {}

  /** Throws `ProgramFailed` where this process may not make one. */
  static async make(programs: NetworkPrograms): Promise<Router> {
    const node = [process.execPath, '--input-type=commonjs', '-e', LISTEN];
    const helper = spawn(programs.unshare, ['--net', '--', '/bin/sh', '-c', SET_UP, 'router', programs.ip, RULES, ...node], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {},
      cwd: '/',
    });
    let said = '';
    helper.stderr!.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-1_000)));
    const listener = await new Promise<Server>((resolve, reject) => {
      helper.once('message', (_, server) => resolve(server as Server));
      helper.once('error', reject);
      helper.once('close', () => reject(new ProgramFailed(`no network namespace can be made: ${lastLine(said)}`)));
    });
    const router = new Router(programs, listener, openSync(`/proc/${helper.pid}/ns/net`, 'r'));
    helper.disconnect();
    return router;
  }

  /** A name of the namespace for programs that this process starts. */
  get path(): string {
    return `/proc/${process.pid}/fd/${this.descriptor}`;
  }

  /** Runs commands of `ip`, each a line, in the namespace. Throws `ProgramFailed`. */
  async ip(commands: readonly string[]): Promise<void> {
    const { nsenter, ip } = this.programs;
    await runProgram([nsenter, `--net=${this.path}`, '--', ip, '-batch', '-'], commands.map((line) => `${line}\n`).join(''));
  }

  /** Runs a script of the shell there. Throws `ProgramFailed`. */
  async sh(script: string): Promise<void> {
    await runProgram([this.programs.nsenter, `--net=${this.path}`, '--', '/bin/sh', '-ec', script]);
  }

  close(): void {
    this.listener.close();
    closeSync(this.descriptor);
  }
}

/** A route of what comes from sandboxes. */
export function outward(route: string): string {
  return `${route} table ${TABLE}`;
}
