import { lookup } from 'node:dns/promises';
import { runProgram } from '../programs.js';
import { CLOSED, outward } from './router.js';

/** A port that sandboxes may not reach, wherever it is. */
export interface ClosedPort {
  /** Name or address. */
  host: string;
  port: number;
}

/** What is closed to sandboxes beyond what the router closes by itself: all IPv4 addresses of this machine, and some ports of others. */
export class ClosedTargets {
  /** Addresses of each name, as it resolved last. */
  private readonly known = new Map<string, readonly string[]>();

  /** @param ip path of the program */
  constructor(
    private readonly ip: string,
    private readonly ports: readonly ClosedPort[],
  ) {}

  /** As they are now. Each is a command of `ip` without its verb, which comes in after the first word. Throws `ProgramFailed`. */
  async now(): Promise<ReadonlySet<string>> {
    const closed = new Set<string>();
    for (const prefix of await this.ownPrefixes()) closed.add(`route ${outward(`prohibit ${prefix}`)}`);
    for (const { host, port } of this.ports) {
      for (const address of await this.addressesOf(host))
        closed.add(`rule pref 200 to ${address}/32 ipproto tcp dport ${port} prohibit`);
    }
    return closed;
  }

  /** All that this machine's kernel delivers to itself, also what belongs to devices that are not in use now. What the router closes anyway is not named. */
  private async ownPrefixes(): Promise<string[]> {
    const routes = await runProgram([this.ip, '-4', 'route', 'show', 'table', 'local', 'type', 'local']);
    const prefixes = [...routes.matchAll(/^local (\S+)/gm)].map(([, prefix]) => prefix!);
    return prefixes.filter((prefix) => !CLOSED.includes(prefix));
  }

  private async addressesOf(host: string): Promise<readonly string[]> {
    try {
      const found = await lookup(host, { family: 4, all: true });
      this.known.set(
        host,
        found.map(({ address }) => address),
      );
    } catch {
      // What does not resolve now is where it was.
    }
    return this.known.get(host) ?? [];
  }
}

/** Commands that lead from what is closed to what is to be. */
export function changes(from: ReadonlySet<string>, to: ReadonlySet<string>): string[] {
  const command = (verb: string, target: string) => target.replace(' ', ` ${verb} `);
  return [
    ...[...to].filter((target) => !from.has(target)).map((target) => command('add', target)),
    ...[...from].filter((target) => !to.has(target)).map((target) => command('del', target)),
  ];
}
