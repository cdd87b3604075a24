import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { SessionStore, Target } from './attempt.js';
import { ConnectError } from './connect-error.js';
import { Race, type Dialled } from './race.js';
import type { TargetGuard } from './target-guard.js';

/** Gives the addresses of a host name, the preferred ones first; rejects when there are none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** What the system says: hosts file, name service. */
export const resolveAll: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

/** Milliseconds for which the addresses of a name are believed. */
const ADDRESSES_LAST = 10_000;
/** Most milliseconds for which the name service is waited for where older addresses are known. */
const PATIENCE = 1_000;
/** Milliseconds for which an address that could not be reached comes after all others. */
const FAILURES_LAST = 10_000;

export interface DialerOptions {
  readonly guard: TargetGuard;
  readonly resolve: Resolve;
  /** Milliseconds for a connection, from the name to the end of the TLS handshake. */
  readonly connectTimeout: number;
}

/**
 * Connects to one origin: finds its addresses, lets the guard see them, and connects to one that it permits, never to a name. Names are looked up
 * again when what was found is too old. Successive connections begin with successive addresses.
 */
export class Dialer implements SessionStore {
  /** Where the origin was found last, without what the guard refuses. */
  addresses: readonly string[] = [];
  session: Buffer | undefined;
  private found: readonly string[] = [];
  private foundAt = -Infinity;
  /** When the name service was asked last. */
  private askedAt = -Infinity;
  private finding: Promise<readonly string[]> | null = null;
  private turn = 0;
  private readonly failedAt = new Map<string, number>();
  private readonly races = new Set<Race>();

  constructor(
    private readonly target: Target,
    private readonly options: DialerOptions,
  ) {}

  /** @throws ConnectError, and what the resolver does */
  async connect(): Promise<Dialled> {
    const { connectTimeout } = this.options;
    const startedAt = performance.now();
    await within(connectTimeout, this.look());
    const now = performance.now();
    const race = new Race(this.inOrder(now), this.target, this, connectTimeout - (now - startedAt), (address) =>
      this.failedAt.set(address, performance.now()),
    );
    this.races.add(race);
    try {
      const dialled = await race.outcome;
      this.failedAt.delete(dialled.address);
      return dialled;
    } finally {
      this.races.delete(race);
    }
  }

  /** Gives up the connections that are being made. */
  cancel(): void {
    for (const race of this.races) race.cancel();
  }

  /** What was found is too old, and nobody has asked anew for as long. */
  isDue(now: number): boolean {
    return this.finding === null && now - this.askedAt >= ADDRESSES_LAST;
  }

  /**
   * Brings `addresses` up to date.
   *
   * @throws ConnectError when none is permitted, and whatever the resolver does when none is known
   */
  async look(): Promise<void> {
    const { host, port, isTrusted } = this.target;
    const { guard } = this.options;
    const found = await this.find();
    if (isTrusted) return void (this.addresses = found);
    await guard.prepare();
    this.addresses = found.filter((address) => guard.permits(host, address, port));
    if (this.addresses.length === 0) throw new ConnectError('refused-target', host);
  }

  private async find(): Promise<readonly string[]> {
    if (performance.now() - this.foundAt < ADDRESSES_LAST) return this.found;
    this.finding ??= this.ask().finally(() => (this.finding = null));
    if (this.found.length === 0) return this.finding;
    try {
      return await within(Math.min(PATIENCE, this.options.connectTimeout / 2), this.finding);
    } catch (error) {
      // As long as the name service says nothing, what it said last holds; that there is no such name is said.
      if ((error as NodeJS.ErrnoException).code === 'ENOTFOUND') throw error;
      return this.found;
    }
  }

  private async ask(): Promise<readonly string[]> {
    const { host } = this.target;
    this.askedAt = performance.now();
    this.found = isIP(host) === 0 ? await this.options.resolve(host) : [host];
    this.foundAt = performance.now();
    for (const address of this.failedAt.keys()) if (!this.found.includes(address)) this.failedAt.delete(address);
    return this.found;
  }

  /** The addresses in the order in which they are to be tried: from one connection to the next it begins one further, and families alternate. */
  private inOrder(now: number): string[] {
    const { addresses } = this;
    const preferred = isIP(addresses[0] ?? '');
    const turn = this.turn++;
    const first = turned(
      addresses.filter((address) => isIP(address) === preferred),
      turn,
    );
    const second = turned(
      addresses.filter((address) => isIP(address) !== preferred),
      turn,
    );
    const alternating: string[] = [];
    for (let i = 0; i < Math.max(first.length, second.length); i++)
      alternating.push(...first.slice(i, i + 1), ...second.slice(i, i + 1));
    const failed = (address: string) => now - (this.failedAt.get(address) ?? -Infinity) < FAILURES_LAST;
    return [...alternating.filter((address) => !failed(address)), ...alternating.filter(failed)];
  }
}

function turned(addresses: readonly string[], turn: number): string[] {
  const start = addresses.length === 0 ? 0 : turn % addresses.length;
  return [...addresses.slice(start), ...addresses.slice(0, start)];
}

function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new ConnectError('network', 'ETIMEDOUT')), milliseconds).unref();
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
