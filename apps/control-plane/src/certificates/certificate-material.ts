import type { SealingKey } from '@gatehouse/snapshot';
import type { CertificateEntity } from './certificate.entity.js';
import { proveCertificate } from './prove-certificate.js';
import { readChain } from './read-chain.js';
import { readPrivateKey } from './read-private-key.js';
import { sealPrivateKey } from './sealed-key.js';

/** PEM, as a client brings it. */
export interface GivenCertificate {
  certificateBody: string;
  certificatePrivateKey: string;
  certificateChain?: string;
}

/** What is kept of a certificate and its key. */
export interface CertificateMaterial extends Pick<CertificateEntity, 'certificateChain' | 'privateKeySealed'> {
  domainNames: string[];
}

/** All checks, those of the key too, are over before anything is written. Throws `BadRequestException` that says nothing of the key. */
export async function certificateMaterial(
  owner: Pick<CertificateEntity, 'accountId' | 'region' | 'certificateId'>,
  given: GivenCertificate,
  now: Date,
  atRestKey: SealingKey,
): Promise<CertificateMaterial> {
  const chain = readChain(given.certificateBody, given.certificateChain, now);
  const privateKey = readPrivateKey(given.certificatePrivateKey, chain.certificates[0]);
  await proveCertificate(chain, privateKey);
  return {
    certificateChain: chain.certificates.map((certificate) => certificate.toString()).join(''),
    privateKeySealed: sealPrivateKey(atRestKey, owner, privateKey),
    domainNames: chain.domainNames,
  };
}
