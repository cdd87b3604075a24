import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { outward } from './router.js';

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

  constructor(private readonly ports: readonly ClosedPort[]) {}

  /** As they are now. Each is a command of `ip` without its verb, which comes in after the first word. */
  async now(): Promise<ReadonlySet<string>> {
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    const closed = new Set<string>();
    for (const { family, address } of own) if (family === 'IPv4') closed.add(`route ${outward(`prohibit ${address}/32`)}`);
    for (const { host, port } of this.ports) {
      for (const address of await this.addressesOf(host))
        closed.add(`rule pref 200 to ${address}/32 ipproto tcp dport ${port} prohibit`);
    }
    return closed;
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
