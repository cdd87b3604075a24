import { realpath } from 'node:fs/promises';
import { findProgram, ProgramFailed, runProgram } from './programs.js';

/**
 * Run as root in a mount and IPC namespace of a sandbox's own: its temporary folder ($1) takes the place of those that everyone may write to, and of other
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
  'shift 2',
  'exec "$@"',
].join('\n');

/** What lies there is not to be seen in those namespaces, or not always. */
const COVERED = ['/tmp', '/var/tmp', '/dev/shm', '/proc', '/run'];

/** Mount and IPC namespaces of sandboxes' own. */
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
    return [this.unshare, '--mount', '--ipc', '--', '/bin/sh', '-c', FURNISH, this.mount, temporary, resolver ?? ''];
  }

  /** A file has another place there, or none. */
  async covers(file: string): Promise<boolean> {
    const real = await realpath(file);
    return COVERED.some((folder) => `${real}/`.startsWith(`${folder}/`));
  }
}
