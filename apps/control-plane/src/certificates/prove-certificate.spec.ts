import { issueCertificate, keyPair, type CertificateRequest, type IssuedCertificate } from '@gatehouse/testing';
import { createPrivateKey, X509Certificate, type JsonWebKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { proveCertificate } from './prove-certificate.js';

const read = ({ certificate }: IssuedCertificate) => new X509Certificate(certificate);
const prove = (leaf: IssuedCertificate, ...signers: IssuedCertificate[]) =>
  proveCertificate({ certificates: [read(leaf), ...signers.map(read)], domainNames: [] }, leaf.keys.privateKey);
const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
const middleOf = (more: CertificateRequest = {}) =>
  issueCertificate({ commonName: 'middle', ca: true, domainNames: [], issuer: root, ...more });

describe('proveCertificate', () => {
  it.each(['rsa2048', 'p256', 'p384', 'p521', 'ed25519'] as const)(
    'takes a chain over %s, with its root or without',
    async (kind) => {
      const middle = middleOf({ keys: keyPair(kind) });
      const leaf = issueCertificate({ issuer: middle, keys: keyPair(kind) });
      await prove(leaf, middle, root);
      await prove(leaf, middle);
      await prove(leaf);
      await prove(issueCertificate({ keys: keyPair(kind), ca: true }));
    },
  );

  it('takes names that no checker of host names would', async () => {
    await prove(issueCertificate({ domainNames: ['*.localhost'] }));
  });

  it('refuses a chain with a weak signature', async () => {
    const middle = middleOf({ digest: 'sha1' });
    await expect(prove(issueCertificate({ issuer: middle }), middle, root)).rejects.toThrow(
      /^certificateBody: TLS clients refuse the certificate: .*CA signature digest algorithm too weak/i,
    );
  });

  it('refuses a chain with a weak key', async () => {
    const middle = middleOf({ keys: keyPair('rsa1024') });
    await expect(prove(issueCertificate({ issuer: middle }), middle, root)).rejects.toThrow(
      /^certificateBody: TLS clients refuse the certificate: .*key too (weak|small)/i,
    );
  });

  it('refuses a key that has the right public half and signs wrongly', async () => {
    const leaf = issueCertificate({ keys: keyPair('rsa2048') });
    const other = keyPair('rsa2048').privateKey.export({ format: 'jwk' });
    const { n, e } = leaf.keys.publicKey.export({ format: 'jwk' });
    const forged = createPrivateKey({ key: { ...other, n, e } as JsonWebKey, format: 'jwk' });
    expect(read(leaf).checkPrivateKey(forged)).toBe(true);
    await expect(proveCertificate({ certificates: [read(leaf)], domainNames: [] }, forged)).rejects.toThrow(
      /^certificateBody: TLS clients refuse the certificate: /,
    );
  });
});
