import type { X509Certificate } from 'node:crypto';

/** One label of a name; underscores occur in names of private networks. */
const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const DOMAIN_NAME = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*$`);
const LONGEST_NAME = 253;

/**
 * The domain names among a certificate's subject alternative names, in lower case and in their order; `undefined` in the place of one that
 * no client can ask for. Names that Node.js has to quote are such.
 */
export function domainNamesOf(certificate: X509Certificate): (string | undefined)[] {
  const names = (certificate.subjectAltName ?? '').split(', ').filter((name) => name.startsWith('DNS:'));
  return [...new Set(names.map((name) => readName(name.slice('DNS:'.length).toLowerCase())))];
}

const readName = (name: string) => (isDomainName(name) ? name : undefined);

/** Whether a text in lower case is a domain name, or a wildcard in front of one. */
export function isDomainName(text: string): boolean {
  return text.length <= LONGEST_NAME && DOMAIN_NAME.test(text);
}

/** Whether a certificate for `names` is good for a domain name. A wildcard of it stands for one label (RFC 9525, 6.3), and is what a wildcard needs. */
export function covers(names: readonly string[], domainName: string): boolean {
  return names.includes(domainName) || names.includes(domainName.replace(/^[^.]*/, '*'));
}
