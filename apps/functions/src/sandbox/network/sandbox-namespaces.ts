import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { report } from '../../report.js';
import { lastLine, ProgramFailed } from '../programs.js';
import { RUNTIME_API, type Router } from './router.js';

/** A network namespace for one sandbox. */
export interface SandboxNamespace {
  /** Of the sandbox, as the router sees it. */
  readonly address: string;
  /** A name of the namespace for programs that this process starts. */
  readonly path: string;
  /** It ends with the last process that is in it. */
  close(): void;
}

/** Namespaces that wait for a sandbox: to make one takes about 10 ms, which a cold start has better use for. Each takes about 350 KB of the kernel's memory. */
const MOST_READY = 32;
/** Milliseconds without a new sandbox after which they are made again: until then the processor is for those that start. */
const QUIET_MS = 50;

/** First of the inner addresses, and how many of them sandboxes may have; the uplink has the last 256. */
const FIRST_ADDRESS = (198 << 24) | (18 << 16);
const ADDRESSES = 131_072 - 256;

/** Of the two ends of every wire: known, so that nobody has to ask for them, and nobody can answer in another's place. */
const SANDBOX_MAC = '02:00:00:00:00:02';
const ROUTER_MAC = '02:00:00:00:00:01';

/**
 * Run as root in a network namespace of its own, with programs and names as arguments: `$0` ip, `$1` nsenter, `$2` the router's namespace, `$3` the name of the wire's end there, `$4` the
 * address, `$5` the last route. It waits until its input ends. IPv6 is there on loopback alone.
 */
const SET_UP = `
set -e
[ ! -e /proc/sys/net/ipv6 ] || echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
"$0" -batch - <<END
link set lo up
link add eth0 address ${SANDBOX_MAC} type veth peer name $3 address ${ROUTER_MAC} netns $2
addr add $4/32 dev eth0
link set eth0 arp off up
neigh add ${RUNTIME_API.host} lladdr ${ROUTER_MAC} dev eth0 nud permanent
route add ${RUNTIME_API.host} dev eth0
$5
END
"$1" --net=$2 -- "$0" -batch - <<END
link set $3 arp off up
neigh add $4 lladdr ${SANDBOX_MAC} dev $3 nud permanent
route add $4/32 dev $3
END
echo made
read end || true`;

const WAY_OUT = `route add default via ${RUNTIME_API.host} dev eth0 onlink`;

/** Makes network namespaces for sandboxes, a few of them in advance. Each is for one sandbox only. */
export class SandboxNamespaces {
  private readonly ready: SandboxNamespace[] = [];
  /** Of the last one that was made. */
  private last = 0;
  private timer: NodeJS.Timeout | null = null;
  private refilling: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly router: Router,
    /** There is a way out: without one everything else is unreachable, which sandboxes then know at once. */
    private readonly leadsOut: boolean,
  ) {}

  /** Throws `ProgramFailed` when none can be had. */
  async take(): Promise<SandboxNamespace> {
    this.refillWhenQuiet();
    return this.ready.shift() ?? this.make();
  }

  /** Makes the first one; the others follow. Throws `ProgramFailed` when none can be had. */
  async begin(): Promise<void> {
    this.ready.push(await this.make());
    this.refillWhenQuiet();
  }

  /** Those that wait end; resolves when none is being made any more. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    await this.refilling;
    for (const { close } of this.ready.splice(0)) close();
  }

  private refillWhenQuiet(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.refilling ??= this.refill()
        .catch((error: Error) => report('a network of a sandbox', error))
        .finally(() => (this.refilling = null));
    }, QUIET_MS).unref();
  }

  private async refill(): Promise<void> {
    while (this.ready.length < MOST_READY && !this.closed) this.ready.push(await this.make());
  }

  private async make(): Promise<SandboxNamespace> {
    const { unshare, nsenter, ip } = this.router.programs;
    const number = (this.last = (this.last % (ADDRESSES - 1)) + 1);
    const address = addressAt(number);
    const parts = [ip, nsenter, this.router.path, `fn${number}`, address, this.leadsOut ? WAY_OUT : ''];
    const helper = spawn(unshare, ['--net', '--', '/bin/sh', '-c', SET_UP, ...parts], { env: {}, cwd: '/' });
    let said = '';
    helper.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-1_000)));
    helper.stdin.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      helper.stdout.once('data', () => resolve());
      helper.once('error', reject);
      helper.once('close', () => reject(new ProgramFailed(`no network namespace can be made: ${lastLine(said)}`)));
    });
    const descriptor = openSync(`/proc/${helper.pid}/ns/net`, 'r');
    helper.stdin.end();
    return { address, path: `/proc/${process.pid}/fd/${descriptor}`, close: () => closeSync(descriptor) };
  }
}

function addressAt(number: number): string {
  const value = FIRST_ADDRESS + number;
  return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join('.');
}
