import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { report } from '../../report.js';
import { lastLine, ProgramFailed } from '../programs.js';
import { changes, ClosedTargets, type ClosedPort } from './closed-targets.js';
import { outward, UPLINK, type Router } from './router.js';

/** Addresses between router and slirp4netns: the last 256 of the inner ones. */
const NETWORK = '198.19.255.0/24';
const GATEWAY = '198.19.255.2';
/** Where slirp4netns passes questions for names on to the machine's own resolver. */
export const RESOLVER = '198.19.255.3';

/** Milliseconds between two looks at what is closed. */
const LOOK_MS = 5_000;
/** Milliseconds before it is started again, at first and at most; and how long it has to run for that to begin anew. */
const LEAST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 10_000;
const SETTLED_MS = 60_000;

/** Of the router's whole network, this one port is open to sandboxes. */
const RESOLVER_RULES = ['udp', 'tcp'].map(
  (protocol) => `rule add pref 210 to ${RESOLVER} ipproto ${protocol} dport 53 lookup main`,
);
/**
 * The router answers for sandboxes when slirp4netns asks where they are, and at once. It asks from its own address, to which no sandbox has a way: here, and here only, that is no reason to
 * drop what comes.
 */
const ANSWER_FOR_SANDBOXES = `cd /proc/sys/net/ipv4
echo 0 >conf/${UPLINK}/rp_filter
echo 1 >conf/${UPLINK}/proxy_arp
echo 0 >neigh/${UPLINK}/proxy_delay`;

/** One life of the program. */
interface Run {
  /** On the monotonic clock (ms). */
  readonly begun: number;
  /** Resolves with what it said last and how it ended. */
  readonly ended: Promise<string>;
}

/**
 * The way out of the router: slirp4netns, which passes on what comes over a device there by sockets of its own, without rights of root. It ends with this process, and is started again when
 * it ends before. With it sandboxes reach what this machine reaches, but for the machine itself.
 */
export class Uplink {
  private child: ChildProcess | null = null;
  private isStopped = false;
  private readonly targets: ClosedTargets;
  private closed: ReadonlySet<string> = new Set();
  private closing: Promise<void> = Promise.resolve();
  private readonly look: NodeJS.Timeout;

  private constructor(
    private readonly router: Router,
    /** Path of slirp4netns. */
    private readonly program: string,
    ports: readonly ClosedPort[],
  ) {
    this.targets = new ClosedTargets(router.programs.ip, ports);
    this.look = setInterval(() => {
      this.closeTargets().catch((error: Error) => report('the network of functions', error));
    }, LOOK_MS).unref();
  }

  /**
   * @param program path of slirp4netns
   * @param ports that sandboxes may not reach, beside those of this machine
   * Throws `ProgramFailed` when slirp4netns does not run here.
   */
  static async open(router: Router, program: string, ports: readonly ClosedPort[]): Promise<Uplink> {
    await router.ip(RESOLVER_RULES);
    const uplink = new Uplink(router, program, ports);
    try {
      void uplink.keep(await uplink.run());
      return uplink;
    } catch (error) {
      uplink.stop();
      throw error;
    }
  }

  stop(): void {
    this.isStopped = true;
    clearInterval(this.look);
    this.child?.kill('SIGKILL');
  }

  /** Starts it as often as it ends. */
  private async keep(first: Run): Promise<void> {
    let pause = LEAST_PAUSE_MS;
    for (let run: Run | null = first; ;) {
      if (run) {
        const said = await run.ended;
        if (this.isStopped) return;
        report('slirp4netns', new Error(`it has ended (${said}); functions reach nothing until it runs again`));
        if (performance.now() - run.begun > SETTLED_MS) pause = LEAST_PAUSE_MS;
      }
      await sleep(pause, undefined, { ref: false });
      pause = Math.min(MOST_PAUSE_MS, pause * 2);
      if (this.isStopped) return;
      run = await this.run().catch((error: Error) => {
        if (!this.isStopped) report('slirp4netns', error);
        return null;
      });
    }
  }

  /** Resolves when it passes on what comes. Throws `ProgramFailed` when it does not get there; then it has ended. */
  private async run(): Promise<Run> {
    const begun = performance.now();
    const child = (this.child = this.spawn());
    let said = '';
    child.stderr!.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-1_000)));
    const ended = new Promise<string>((resolve) => {
      child.once('close', (code, signal) => resolve(`${lastLine(said)}; ${signal ?? code}`));
      child.once('error', ({ message }) => resolve(message));
    });
    const isReady = new Promise<boolean>((resolve) => child.stdio[3]!.once('data', () => resolve(true)));
    try {
      if (!(await Promise.race([isReady, ended.then(() => false)]))) throw new ProgramFailed(await ended);
      await this.router.sh(ANSWER_FOR_SANDBOXES);
      await this.closeTargets();
      await this.router.ip([`route replace ${outward(`default via ${GATEWAY} dev ${UPLINK}`)}`]);
    } catch (error) {
      child.kill('SIGKILL');
      await ended;
      throw error;
    }
    return { begun, ended };
  }

  private spawn(): ChildProcess {
    const rights = ['--disable-host-loopback', '--enable-sandbox', '--enable-seccomp'];
    const descriptors = ['--ready-fd=3', '--exit-fd=4', '--netns-type=path', '/proc/self/fd/5'];
    return spawn(this.program, ['--configure', '--mtu=65520', `--cidr=${NETWORK}`, ...rights, ...descriptors, UPLINK], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', this.router.descriptor],
      env: {},
      cwd: '/',
    });
  }

  /** Brings what is closed up to date. */
  private closeTargets(): Promise<void> {
    return (this.closing = this.closing.catch(() => undefined).then(() => this.closeNow()));
  }

  private async closeNow(): Promise<void> {
    const closed = await this.targets.now();
    const commands = changes(this.closed, closed);
    if (commands.length === 0) return;
    await this.router.ip(commands);
    this.closed = closed;
  }
}
