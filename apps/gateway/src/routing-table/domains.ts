import { unenforcedError, type GatewayError } from '@gatehouse/pipeline';
import { refName, type BasePathSnapshot, type Document, type Scope } from '@gatehouse/snapshot';

/** A custom domain name as its requests are served. */
export interface ServedDomain {
  readonly scope: Scope;
  readonly domainName: string;
  /** A private name gives way to a public one that is the same. */
  readonly isPrivate: boolean;
  readonly revision: number;
  /** ARN of the certificate to show; null leaves that to the names in certificates. */
  readonly certificateArn: string | null;
  /** By the first segment of a path. */
  readonly basePaths: ReadonlyMap<string, BasePathSnapshot>;
  /** What takes the paths that `basePaths` does not know. */
  readonly rest: BasePathSnapshot | undefined;
  /** What all requests are answered with, where the domain asks for what cannot be enforced. */
  readonly denial: GatewayError | null;
}

const WILDCARD = '*.';

/** The custom domain names, by host. An exact name comes before a wildcard, which stands for one label. */
export class Domains {
  private readonly served = new Map<string, ServedDomain>();
  /** The one that counts comes first. */
  private readonly exact = new Map<string, ServedDomain[]>();
  /** By what follows the asterisk, its dot included. */
  private readonly wildcards = new Map<string, ServedDomain[]>();

  /** Makes ready what a document says; the answer swaps it in. Throws when it speaks for another name. */
  build(document: Document<'domain'>): () => void {
    const { accountId, region, key, revision, body } = document;
    const name = refName(document);
    if (body === null) return () => this.remove(name);
    const { domainName, certificateArn, basePaths, denied } = body;
    const isPrivate = key.startsWith(`${domainName}+`);
    if (key !== domainName && !isPrivate) throw new Error(`it speaks of ${domainName}`);
    const served: ServedDomain = {
      scope: { accountId, region },
      domainName,
      isPrivate,
      revision,
      certificateArn,
      basePaths: new Map(basePaths.filter(({ basePath }) => basePath !== '').map((each) => [each.basePath, each])),
      rest: basePaths.find(({ basePath }) => basePath === ''),
      denial: denied.length > 0 ? unenforcedError(denied) : null,
    };
    return () => this.put(name, served);
  }

  /** The domain that a host belongs to; `host` is in lower case, without port and dot at its end. */
  find(host: string): ServedDomain | undefined {
    const exact = this.exact.get(host);
    if (exact !== undefined) return exact[0];
    if (this.wildcards.size === 0) return undefined;
    const dot = host.indexOf('.');
    return dot > 0 ? this.wildcards.get(host.slice(dot))?.[0] : undefined;
  }

  private put(name: string, served: ServedDomain): void {
    this.remove(name);
    this.served.set(name, served);
    const { hosts, host } = this.placeOf(served);
    hosts.set(host, [...(hosts.get(host) ?? []), served].sort(moreTelling));
  }

  private remove(name: string): void {
    const served = this.served.get(name);
    if (!served) return;
    this.served.delete(name);
    const { hosts, host } = this.placeOf(served);
    const others = (hosts.get(host) ?? []).filter((other) => other !== served);
    if (others.length > 0) hosts.set(host, others);
    else hosts.delete(host);
  }

  private placeOf({ domainName }: ServedDomain): { hosts: Map<string, ServedDomain[]>; host: string } {
    return domainName.startsWith(WILDCARD)
      ? { hosts: this.wildcards, host: domainName.slice(1) }
      : { hosts: this.exact, host: domainName };
  }
}

/** Public names are unique: of two, as while a name moves to another region, the older one is about to go. */
function moreTelling(a: ServedDomain, b: ServedDomain): number {
  return Number(a.isPrivate) - Number(b.isPrivate) || b.revision - a.revision;
}
