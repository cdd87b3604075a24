import 'reflect-metadata';
import { cryptoProvider, ExtendedKeyUsage, ExtendedKeyUsageExtension, X509CertificateGenerator } from '@peculiar/x509';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';

const VALID_MS = 365 * 86_400_000;
const KEYS = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
const NAME = 'CN=ApiGateway, O=Gatehouse';

cryptoProvider.set(webcrypto);

export interface SelfSignedCertificate {
  /** What backends are given to trust. */
  certificatePem: string;
  /** PKCS #8 as PEM: a secret. */
  privateKeyPem: string;
  notBefore: Date;
  notAfter: Date;
}

/**
 * Makes a key (RSA, 2048 bits) and a certificate of its own for it, with which a client proves itself. Valid for 365 days from `now`, in whole
 * seconds, as AWS's are. It has no key usage: then servers take it for its own issuer, which it is.
 */
export async function makeSelfSignedCertificate(now: Date): Promise<SelfSignedCertificate> {
  const keys = await webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
  const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const notAfter = new Date(notBefore.getTime() + VALID_MS);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex'),
    name: NAME,
    notBefore,
    notAfter,
    signingAlgorithm: KEYS,
    keys,
    extensions: [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])],
  });
  const privateKeyPem = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }) as string;
  return { certificatePem: certificate.toString('pem'), privateKeyPem, notBefore, notAfter };
}
