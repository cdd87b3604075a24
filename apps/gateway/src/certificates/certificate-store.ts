import { refName, unseal, type DataPlaneKey, type Document, type Scope } from '@gatehouse/snapshot';
import { createSecureContext, type SecureContext } from 'node:tls';
import { report } from '../report.js';
import { TLS_POLICY } from '../transport/tls/tls-policy.js';

/** What a custom domain says of the certificate that its name is shown. */
export interface CertificateChoice {
  /** Whose certificates come first where none is chosen. */
  readonly scope: Scope;
  /** ARN of the one that is chosen; null where there is none. */
  readonly certificateArn: string | null;
}

interface ServedCertificate extends Scope {
  readonly certificateArn: string;
  readonly revision: number;
  readonly domainNames: readonly string[];
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
  readonly context: SecureContext;
  /** It was said that it has ended and is shown. */
  toldOfEnd: boolean;
}

/**
 * The certificates that TLS listeners show, by the name that a client asks for (RFC 6066, 3). A handshake takes what is here when it begins;
 * connections that are open keep what they began with.
 *
 * Where several certificates cover one name, the newest revision that has not ended is shown; an exact name comes before a wildcard. One that has
 * ended is shown only when nothing else covers the name, and this is said once: a client that sees what ended knows more than one that is shown a
 * stranger's certificate. Before all that come, where the name is a custom domain's, the one that it has chosen, then those of its account and region, as
 * long as they cover the name and have not ended.
 */
export class CertificateStore {
  private readonly certificates = new Map<string, ServedCertificate>();
  /** By domain name, wildcards as they are written; newest revision first. */
  private readonly byDomainName = new Map<string, ServedCertificate[]>();

  /** @param choiceOf what the custom domain of a name says; undefined where there is none */
  constructor(
    private readonly dataPlaneKeys: readonly DataPlaneKey[],
    private readonly choiceOf: (name: string) => CertificateChoice | undefined = () => undefined,
  ) {}

  /** Makes ready what a document says; the answer swaps it in. Throws when its key does not open, or TLS does not take key and chain. */
  build(document: Document<'certificate'>): () => void {
    const { body, key, revision, accountId, region } = document;
    const name = refName(document);
    if (body === null) return () => this.remove(name);
    if (!body.certificateArn.endsWith(`/${key}`)) throw new Error(`it speaks of ${body.certificateArn}`);
    const notAfter = Date.parse(body.notAfter);
    if (Number.isNaN(notAfter)) throw new Error(`its notAfter is no time: ${body.notAfter}`);
    const privateKey = unseal(this.dataPlaneKeys, name, body.privateKey);
    const context = createSecureContext({ ...TLS_POLICY, cert: body.chain, key: privateKey });
    const { certificateArn, domainNames } = body;
    const served = { accountId, region, certificateArn, revision, domainNames, notAfter, context, toldOfEnd: false };
    return () => this.put(name, served);
  }

  /** What to show to a client that asks for `serverName`, in whatever letter case and with or without a dot at its end. */
  find(serverName: string): SecureContext | undefined {
    const name = (serverName.endsWith('.') ? serverName.slice(0, -1) : serverName).toLowerCase();
    const dot = name.indexOf('.');
    const exact = this.byDomainName.get(name) ?? [];
    const wildcard = (dot > 0 ? this.byDomainName.get(`*${name.slice(dot)}`) : undefined) ?? [];
    const now = Date.now();
    const covering = [...exact, ...wildcard];
    const valid = covering.filter(({ notAfter }) => notAfter > now);
    if (valid.length > 0) return this.preferred(name, valid)?.context;
    const ended = this.preferred(name, covering);
    if (ended) tellOfEnd(ended);
    return ended?.context;
  }

  private preferred(name: string, covering: readonly ServedCertificate[]): ServedCertificate | undefined {
    const choice = covering.length > 1 ? this.choiceOf(name) : undefined;
    if (choice === undefined) return covering[0];
    const { accountId, region } = choice.scope;
    return (
      covering.find(({ certificateArn }) => certificateArn === choice.certificateArn) ??
      covering.find((served) => served.accountId === accountId && served.region === region) ??
      covering[0]
    );
  }

  private put(name: string, served: ServedCertificate): void {
    this.remove(name);
    this.certificates.set(name, served);
    for (const domainName of new Set(served.domainNames)) {
      const others = this.byDomainName.get(domainName) ?? [];
      this.byDomainName.set(
        domainName,
        [...others, served].sort((a, b) => b.revision - a.revision),
      );
    }
  }

  private remove(name: string): void {
    const served = this.certificates.get(name);
    if (!served) return;
    this.certificates.delete(name);
    for (const domainName of served.domainNames) {
      const others = (this.byDomainName.get(domainName) ?? []).filter((other) => other !== served);
      if (others.length > 0) this.byDomainName.set(domainName, others);
      else this.byDomainName.delete(domainName);
    }
  }
}

function tellOfEnd(served: ServedCertificate): void {
  if (served.toldOfEnd) return;
  served.toldOfEnd = true;
  const end = new Date(served.notAfter).toISOString();
  report('certificate', new Error(`${served.certificateArn} ended on ${end}; it is shown until it is imported anew`));
}
