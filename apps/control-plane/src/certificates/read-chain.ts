import { badRequest } from '@gatehouse/aws-wire';
import { X509Certificate } from 'node:crypto';
import { domainNamesOf } from './domain-names.js';
import { PemError, readPem, type PemBlock } from './pem.js';

/** AWS Certificate Manager's limit, in characters. */
const LONGEST_BODY = 32_768;
/** Characters and certificates: what gateways hold and send in each handshake. Clients give up at about as many. */
const LONGEST_CHAIN = 65_536;
const MOST_CERTIFICATES = 10;

/** Extended key usages with which a certificate may stand for a server (RFC 5280, 4.2.1.12). */
const SERVER_USAGES = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];

/** A chain that was read and checked: the certificate itself first, then each time the one that signed it. */
export interface Chain {
  certificates: readonly [X509Certificate, ...X509Certificate[]];
  domainNames: string[];
}

interface Place {
  certificate: X509Certificate;
  /** The request's member and the place in it, for errors. */
  at: string;
}

/**
 * Reads a certificate and the rest of its chain, which may also follow the certificate in `certificateBody`. Throws `BadRequestException` that
 * names the member and says what is wrong with it.
 */
export function readChain(certificateBody: string, certificateChain: string | undefined, now: Date): Chain {
  const body = readCertificates('certificateBody', certificateBody, LONGEST_BODY);
  const rest = certificateChain ? readCertificates('certificateChain', certificateChain, LONGEST_CHAIN) : [];
  const chain = [...body, ...rest];
  if (chain.length > MOST_CERTIFICATES)
    throw badRequest(`certificateChain: the chain has ${chain.length} certificates, more than ${MOST_CERTIFICATES}`);
  for (const place of chain) checkTime(place, now);
  for (const [index, signer] of chain.slice(1).entries()) checkSigned(chain[index]!, signer);
  const [first] = body;
  return {
    certificates: [first.certificate, ...chain.slice(1).map(({ certificate }) => certificate)],
    domainNames: checkNames(first),
  };
}

function readCertificates(member: string, text: string, longest: number): [Place, ...Place[]] {
  if (text.length > longest) throw badRequest(`${member}: it is longer than ${longest} characters`);
  const [first, ...more] = blocksOf(member, text).map(({ label, bytes }, index) => {
    if (label !== 'CERTIFICATE') throw badRequest(`${member}: it holds a ${label}; only certificates belong there`);
    const at = `${member}: certificate ${index + 1}`;
    try {
      return { certificate: new X509Certificate(bytes), at };
    } catch {
      throw badRequest(`${at} is no X.509 certificate`);
    }
  });
  if (!first) throw badRequest(`${member}: it holds no certificate`);
  return [first, ...more];
}

function blocksOf(member: string, text: string): PemBlock[] {
  try {
    return readPem(text);
  } catch (error) {
    if (error instanceof PemError) throw badRequest(`${member}: it is not PEM: ${error.message}`);
    throw error;
  }
}

function checkTime({ certificate, at }: Place, now: Date): void {
  if (certificate.validToDate <= now)
    throw badRequest(`${at} ended on ${certificate.validToDate.toISOString()}: ${subjectOf(certificate)}`);
  if (certificate.validFromDate > now)
    throw badRequest(`${at} is not valid before ${certificate.validFromDate.toISOString()}: ${subjectOf(certificate)}`);
}

function checkSigned(signed: Place, signer: Place): void {
  const { certificate, at } = signer;
  if (!isSignedBy(signed.certificate, certificate)) {
    throw badRequest(
      `${at} (${subjectOf(certificate)}) did not sign the one before it (${subjectOf(signed.certificate)}): ` +
        'the chain begins with the certificate itself, and each one is followed by the one that signed it',
    );
  }
  if (!certificate.ca) throw badRequest(`${at} (${subjectOf(certificate)}) is not the certificate of a certificate authority`);
}

function isSignedBy(certificate: X509Certificate, signer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(signer) && certificate.verify(signer.publicKey);
  } catch {
    // A key or algorithm that OpenSSL does not know.
    return false;
  }
}

/** Gives the names that clients can ask for. A common name counts for nothing: no client of today looks at it (RFC 9525, 2). */
function checkNames({ certificate, at }: Place): string[] {
  const usages = certificate.keyUsage as string[] | undefined;
  if (usages && !usages.some((usage) => SERVER_USAGES.includes(usage)))
    throw badRequest(`${at} is not made for servers: its extended key usage has no serverAuth`);
  const names = domainNamesOf(certificate);
  if (names.length === 0) throw badRequest(`${at} has no domain name among its subject alternative names`);
  return names.map((name) => {
    if (name === undefined) throw badRequest(`${at} has a subject alternative name that is no domain name`);
    return name;
  });
}

/** One line; as long as anyone reads. */
const subjectOf = ({ subject }: X509Certificate) =>
  subject ? subject.replaceAll('\n', ', ').slice(0, 200) : 'without a subject';
