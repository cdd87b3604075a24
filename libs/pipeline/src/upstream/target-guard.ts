import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** `host:port`, `host`, `address/prefix` or `address/prefix:port`, IPv6 in brackets; taken apart. */
export interface TargetRule {
  /** Host name, lower case; null where the rule is of addresses. */
  readonly name: string | null;
  readonly addresses: BlockList;
  /** Null for every port. */
  readonly port: number | null;
  /** The rule speaks of this machine itself: it holds for all of its addresses. */
  readonly own: boolean;
}

/**
 * Where nothing but the cloud's or the machine's own innards live: metadata services hand credentials to whoever reaches them. Link-local
 * (RFC 3927, RFC 4291), "this network" (RFC 1122), multicast, broadcast, and the metadata addresses of AWS, Google, Alibaba, Oracle and Azure
 * that lie elsewhere; the IPv4 ones also in the forms of RFC 6052 and 6to4.
 */
const ALWAYS_BLOCKED = [
  '169.254.0.0/16',
  '0.0.0.0/8',
  '224.0.0.0/4',
  '255.255.255.255',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '[fe80::]/10',
  '[fd00:ec2::254]',
  '[fd20:ce::254]',
  '[ff00::]/8',
  '[::]',
  '[64:ff9b::a9fe:0]/112',
  '[2002:a9fe::]/32',
];

/** Reads one rule. Throws `TypeError` saying what is wrong with it. */
export function parseTargetRule(text: string): TargetRule {
  const match = /^(?:\[([^\]]+)\]|([^[\]:/\s]+))(?:\/(\d{1,3}))?(?::(\d{1,5}))?$/.exec(text.trim());
  const host = (match?.[1] ?? match?.[2] ?? '').toLowerCase();
  const family = isIP(host);
  const port = match?.[4] === undefined ? null : Number(match[4]);
  const addresses = new BlockList();
  if (!match || (match[1] !== undefined && family !== 6) || (port !== null && (port < 1 || port > 65_535))) {
    throw new TypeError(`${JSON.stringify(text)} is no target (host, host:port, address/prefix, [address]:port)`);
  }
  if (match[3] !== undefined) {
    if (family === 0 || Number(match[3]) > (family === 4 ? 32 : 128))
      throw new TypeError(`${JSON.stringify(text)} is no range of addresses`);
    addresses.addSubnet(host, Number(match[3]), family === 4 ? 'ipv4' : 'ipv6');
  } else if (family !== 0) addresses.addAddress(host, family === 4 ? 'ipv4' : 'ipv6');
  const own = host === 'localhost' || host === '0.0.0.0' || host === '::' || (family !== 0 && isLoopback(host));
  return { name: family === 0 ? host : null, addresses, port, own: own && match[3] === undefined && port !== null };
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function isLoopback(address: string): boolean {
  return loopback.check(address, familyOf(address));
}

function isOwnAddress(address: string): boolean {
  if (isLoopback(address)) return true;
  return Object.values(networkInterfaces()).some((list) => list?.some((own) => own.address === address));
}

/** Milliseconds for which the addresses of a rule's host name are remembered. */
const NAMES_LAST = 30_000;

/**
 * Decides to which addresses integrations may connect. Asked with the addresses that are about to be connected to, after name resolution, so
 * that no name can hide one. An allowed target wins over a blocked one.
 */
export class TargetGuard {
  private readonly always = ALWAYS_BLOCKED.map(parseTargetRule);
  private resolved = new Map<string, readonly string[]>();
  private resolvedAt = -Infinity;
  private resolving: Promise<void> | null = null;
  private readonly names: readonly string[];

  constructor(
    private readonly blocked: readonly TargetRule[] = [],
    private readonly allowed: readonly TargetRule[] = [],
    private readonly resolve: (name: string) => Promise<readonly string[]> = resolveAll,
  ) {
    this.names = [...blocked, ...allowed].flatMap(({ name }) => (name === null ? [] : [name]));
  }

  /** Whether `host`, as written in a URI, may be connected to at `address`, which it stands for. */
  permits(host: string, address: string, port: number): boolean {
    if (this.allowed.some((rule) => this.matches(rule, host, address, port))) return true;
    return ![...this.always, ...this.blocked].some(
      (rule) => this.isUnknown(rule, port) || this.matches(rule, host, address, port),
    );
  }

  /**
   * Makes `permits` know the addresses of the rules' host names; to be awaited before it is asked. A blocked name that was never resolved blocks
   * its port for every address, and is looked up again each time.
   */
  prepare(): Promise<void> {
    if (this.names.length === 0 || performance.now() - this.resolvedAt < NAMES_LAST) return Promise.resolve();
    this.resolving ??= this.resolveNames().finally(() => (this.resolving = null));
    return this.resolving;
  }

  private async resolveNames(): Promise<void> {
    await Promise.all(
      this.names.map(async (name) => {
        try {
          this.resolved.set(name, await this.resolve(name));
        } catch {
          // A name that does not resolve now keeps the addresses that it had.
        }
      }),
    );
    if (this.names.every((name) => this.resolved.has(name))) this.resolvedAt = performance.now();
  }

  /** What a rule is about could be any address, as long as its name was never resolved. */
  private isUnknown({ name, own, port: ofRule }: TargetRule, port: number): boolean {
    return name !== null && !own && !this.resolved.has(name) && (ofRule === null || ofRule === port);
  }

  private matches(rule: TargetRule, host: string, address: string, port: number): boolean {
    if (rule.port !== null && rule.port !== port) return false;
    if (rule.own && isOwnAddress(plainAddress(address))) return true;
    if (rule.name !== null) {
      return rule.name === host.toLowerCase() || (this.resolved.get(rule.name)?.includes(plainAddress(address)) ?? false);
    }
    return rule.addresses.check(address, familyOf(address));
  }
}

/** An IPv4 address that is written as IPv6 (`::ffff:127.0.0.1`), as IPv4. */
function plainAddress(address: string): string {
  const mapped = /^::ffff:(.+)$/i.exec(address)?.[1];
  if (mapped === undefined) return address;
  if (isIP(mapped) === 4) return mapped;
  const groups = mapped.split(':').map((group) => Number.parseInt(group, 16));
  const [high = 0, low = 0] = groups;
  return groups.length === 2 ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : address;
}

async function resolveAll(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}
