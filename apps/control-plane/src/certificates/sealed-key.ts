import { seal, unseal, type SealingKey } from '@gatehouse/snapshot';
import type { KeyObject } from 'node:crypto';
import type { CertificateEntity } from './certificate.entity.js';

/** Where a key belongs; bound to its ciphertext, so that it opens nowhere else. */
type Owner = Pick<CertificateEntity, 'accountId' | 'region' | 'certificateId'>;

/** The private key of a certificate as the database keeps it. */
export function sealPrivateKey(key: SealingKey, owner: Owner, privateKey: KeyObject): string {
  return seal(key, keyName(owner), privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
}

/** The private key as PEM. Throws `UnsealError` when the database was changed by something else, or the master key is another one. */
export function openPrivateKey(key: SealingKey, certificate: CertificateEntity): string {
  return unseal([key], keyName(certificate), certificate.privateKeySealed);
}

const keyName = ({ accountId, region, certificateId }: Owner) => `certificate ${accountId}/${region}/${certificateId}`;
