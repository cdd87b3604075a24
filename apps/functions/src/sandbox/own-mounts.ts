import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { constants } from 'node:os';
import { signal } from './end-processes.js';
import { firstChildOf } from './process-table.js';
import { findProgram, ProgramFailed, runProgram } from './programs.js';

/**
 * Run as root, and first, in a mount, IPC and process namespace of a sandbox's own. It stays the first process there, waits for what it starts and ends with its status: whatever
 * else runs in the namespace then is ended by the kernel, in one step that nobody forks away from. In the namespace its temporary folder ($1) takes the place of those that everyone may write to, and of other
 * users' processes nothing is to be seen. Where `$2` is not empty the network is the sandbox's own too: that file takes the place of /etc/resolv.conf, and /run is empty, which is where
 * services of the machine have their sockets. The rest of the arguments is what runs there.
 */
const FURNISH = [
  'mount=$0',
  '"$mount" --bind "$1" /tmp || exit 125',
  '"$mount" --bind "$1" /var/tmp || exit 125',
  '"$mount" -t tmpfs -o size=64m,mode=1777,nosuid,nodev shm /dev/shm || exit 125',
  '"$mount" -t proc -o hidepid=2,nosuid,nodev,noexec proc /proc || exit 125',
  'if [ -n "$2" ]; then',
  '  "$mount" -t tmpfs -o size=1m,mode=755,nosuid,nodev,noexec run /run || exit 125',
  // Often a link to a file in /run.
  '  [ -e /etc/resolv.conf ] || case $(readlink -m /etc/resolv.conf) in /run/*) file=$(readlink -m /etc/resolv.conf); mkdir -p "${file%/*}" && : >"$file" ;; esac',
  '  [ ! -e /etc/resolv.conf ] || "$mount" --bind "$2" /etc/resolv.conf || exit 125',
  'fi',
  // Where memory ends, these go first. What System V has of shared memory nobody sees in any process: 64 MB.
  'echo 1000 2>/dev/null >/proc/self/oom_score_adj',
  'echo 16384 2>/dev/null >/proc/sys/kernel/shmall',
  'shift 2',
  '"$@"',
  'exit $?',
].join('\n');

/** Milliseconds for the kernel to end what runs in a namespace. */
const END_MS = 10_000;

/** What lies there is not to be seen in those namespaces, or not always. */
const COVERED = ['/tmp', '/var/tmp', '/dev/shm', '/proc', '/run'];

/** What a shell's status says of the signals that end processes by themselves. */
const SIGNALS = new Map<number, NodeJS.Signals>(
  (['SIGINT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGSEGV', 'SIGPIPE', 'SIGTERM'] as const).map(
    (name) => [128 + constants.signals[name], name],
  ),
);

/** Mount, IPC and process namespaces of sandboxes' own. */
export class OwnMounts {
  private constructor(
    private readonly unshare: string,
    private readonly mount: string,
  ) {}

  /** Null where this process may not make them, in a container for instance. */
  static async find(): Promise<OwnMounts | null> {
    const [unshare, mount] = [findProgram('unshare'), findProgram('mount')];
    if (!unshare || !mount) return null;
    const own = new OwnMounts(unshare, mount);
    try {
      await runProgram([...own.enter('/tmp', null), '/bin/true']);
      return own;
    } catch (error) {
      if (error instanceof ProgramFailed) return null;
      throw error;
    }
  }

  /**
   * Program and arguments that run what follows them in such namespaces.
   * @param temporary the folder that is /tmp there
   * @param resolver the file that is /etc/resolv.conf there; null where that stays
   */
  enter(temporary: string, resolver: string | null): [string, ...string[]] {
    const namespaces = ['--mount', '--ipc', '--pid', '--fork', '--kill-child'];
    return [this.unshare, ...namespaces, '--', '/bin/sh', '-c', FURNISH, this.mount, temporary, resolver ?? ''];
  }

  /**
   * Ends everything in a sandbox's namespaces. Resolves when nothing of it is there.
   * @param leader what `enter` was started as, which waits for the first process there
   */
  async end(leader: ChildProcess): Promise<void> {
    const first = firstChildOf(leader.pid);
    // Before there is one, or where the kernel does not tell: it ends with its parent.
    if (first === null) leader.kill('SIGKILL');
    else signal(first, 'SIGKILL');
    if (leader.exitCode !== null || leader.signalCode !== null) return;
    const over = AbortSignal.timeout(END_MS);
    await once(leader, 'exit', { signal: over }).catch(() => leader.kill('SIGKILL'));
  }

  /** Ends what the first process in a sandbox's namespaces has started, so that it tells how that ended; where there is nothing yet, all at once. */
  kill(leader: ChildProcess): void {
    const first = firstChildOf(leader.pid);
    const runtime = first === null ? null : firstChildOf(first);
    if (runtime === null) leader.kill('SIGKILL');
    else signal(runtime, 'SIGKILL');
  }

  /** How what ran in the namespaces has ended, from how the leader has. */
  static endOf(code: number | null, name: NodeJS.Signals | null): [code: number | null, signal: NodeJS.Signals | null] {
    const told = code === null ? undefined : SIGNALS.get(code);
    return told === undefined ? [code, name] : [null, told];
  }

  /** A file has another place there, or none. */
  async covers(file: string): Promise<boolean> {
    const real = await realpath(file);
    return COVERED.some((folder) => `${real}/`.startsWith(`${folder}/`));
  }
}
