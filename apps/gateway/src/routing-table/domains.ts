import { refName, type Document } from '@gatehouse/snapshot';
import { ServedDomain } from './served-domain.js';

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
    const { domainName } = body;
    const isPrivate = key.startsWith(`${domainName}+`);
    if (key !== domainName && !isPrivate) throw new Error(`it speaks of ${domainName}`);
    const served = new ServedDomain({ accountId, region }, isPrivate, revision, body);
    return () => this.put(name, served);
  }

  /**
   * The domain that a host belongs to; `host` is in lower case, without port and dot at its end. Private names, which are denied here, take nothing from
   * those of the public: of them a wildcard comes before an exact private name.
   */
  find(host: string): ServedDomain | undefined {
    const exact = this.exact.get(host)?.[0];
    if (exact?.isPrivate === false || this.wildcards.size === 0) return exact;
    const dot = host.indexOf('.');
    const wildcard = dot > 0 ? this.wildcards.get(host.slice(dot))?.[0] : undefined;
    return exact !== undefined && wildcard?.isPrivate !== false ? exact : wildcard;
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
