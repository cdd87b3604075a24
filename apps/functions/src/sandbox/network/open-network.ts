import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { report } from '../../report.js';
import { StartupError } from '../../startup-error.js';
import { findProgram, ProgramFailed } from '../programs.js';
import type { ClosedPort } from './closed-targets.js';
import type { FunctionNetwork } from './function-network.js';
import { IsolatedNetwork } from './isolated-network.js';
import { MachineNetwork } from './machine-network.js';
import { Router } from './router.js';
import { SandboxNamespaces } from './sandbox-namespaces.js';
import { RESOLVER, Uplink } from './uplink.js';

export interface NetworkOptions {
  /** Null takes a network for each sandbox where that can be had, else the machine's. */
  wanted: 'isolated' | 'machine' | null;
  /** Sandboxes have mount namespaces of their own. */
  hasMounts: boolean;
  /** Only this process's user may change it. */
  folder: string;
  /** Ports that no function may reach, beside those of this machine. */
  closed: readonly ClosedPort[];
}

/** Throws a `StartupError` where functions are to have networks of their own and cannot. */
export async function openNetwork(options: NetworkOptions): Promise<FunctionNetwork> {
  if (options.wanted === 'machine') return new MachineNetwork('GATEHOUSE_FUNCTION_NETWORK=machine');
  try {
    return await isolated(options);
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    if (options.wanted === null) return new MachineNetwork(error.message);
    throw new StartupError(`GATEHOUSE_FUNCTION_NETWORK is isolated, which cannot be had here: ${error.message}`);
  }
}

/** Throws `ProgramFailed` with the reason where this machine or this process's rights do not allow it. */
async function isolated({ hasMounts, folder, closed }: NetworkOptions): Promise<FunctionNetwork> {
  if (process.getuid?.() !== 0) throw new ProgramFailed('this process does not run as root');
  if (!hasMounts) throw new ProgramFailed('this process may not make mount namespaces');
  const programs = {
    unshare: needed('unshare', 'util-linux'),
    nsenter: needed('nsenter', 'util-linux'),
    ip: needed('ip', 'iproute2'),
  };
  const router = await Router.make(programs);
  const begun: (() => unknown)[] = [() => router.close()];
  const release = async () => {
    for (const end of begun.splice(0).reverse()) await end();
  };
  try {
    const uplink = await openUplink(router, closed);
    if (typeof uplink !== 'string') begun.push(() => uplink.stop());
    const namespaces = new SandboxNamespaces(router, typeof uplink !== 'string');
    begun.push(() => namespaces.close());
    await namespaces.begin();
    const resolver = path.join(folder, 'resolv.conf');
    await writeFile(resolver, `nameserver ${RESOLVER}\n`, { mode: 0o644 });
    const out =
      typeof uplink === 'string'
        ? `and nothing else: ${uplink}`
        : 'and through slirp4netns what this machine reaches, but no port of the machine itself';
    const description = `each sandbox has a network of its own: it reaches its own loopback, its Runtime API, ${out}`;
    return new IsolatedNetwork({ router, namespaces, nsenter: programs.nsenter, resolver, description, release });
  } catch (error) {
    await release();
    throw error;
  }
}

/** The way out; or why there is none. */
async function openUplink(router: Router, closed: readonly ClosedPort[]): Promise<Uplink | string> {
  const program = findProgram('slirp4netns');
  if (!program) return 'slirp4netns (package slirp4netns) is not installed';
  return Uplink.open(router, program, closed).catch((error: Error) => {
    report('slirp4netns', error);
    return `slirp4netns does not run (${error.message})`;
  });
}

function needed(program: string, package_: string): string {
  const file = findProgram(program);
  if (!file) throw new ProgramFailed(`${program} (package ${package_}) is not installed`);
  return file;
}
