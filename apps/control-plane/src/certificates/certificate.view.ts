import { certificateArn } from '@gatehouse/aws-wire';
import { X509Certificate } from 'node:crypto';
import type { CertificateDescription } from './certificate.dto.js';
import type { CertificateEntity } from './certificate.entity.js';
import { domainNamesOf } from './domain-names.js';
import { readPem } from './pem.js';
import { keyAlgorithmOf } from './read-private-key.js';

/** A certificate as it goes over the wire. */
export function certificateView(row: CertificateEntity): CertificateDescription {
  const certificate = new X509Certificate(row.certificateChain);
  return {
    certificateArn: certificateArn(row, row.certificateId),
    certificateId: row.certificateId,
    domainNames: domainNamesOf(certificate).filter((name) => name !== undefined),
    subject: inOneLine(certificate.subject),
    issuer: inOneLine(certificate.issuer),
    serialNumber: certificate.serialNumber,
    fingerprint256: certificate.fingerprint256,
    keyAlgorithm: keyAlgorithmOf(certificate.publicKey) ?? 'unknown',
    chainLength: readPem(row.certificateChain).length,
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    createdDate: row.createdDate.toISOString(),
    lastUpdatedDate: row.lastUpdatedDate.toISOString(),
  };
}

/** Undefined in the place of an empty name; Node.js writes a line for each of its parts. */
const inOneLine = (name: string | undefined) => (name ?? '').replaceAll('\n', ', ');
