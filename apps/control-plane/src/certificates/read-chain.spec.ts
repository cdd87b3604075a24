import { issueCertificate, keyPair, pem, type CertificateRequest } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { readChain } from './read-chain.js';

const NOW = new Date();
const DAY = 86_400_000;
const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
const middle = issueCertificate({ commonName: 'middle', ca: true, domainNames: [], issuer: root });
const leafOf = (more: CertificateRequest = {}) => issueCertificate({ commonName: 'leaf', issuer: middle, ...more }).certificate;
const leaf = leafOf({ domainNames: ['API.example.com', '*.Example.com', 'api.example.com'] });

const read = (certificateBody: string, certificateChain?: string) => readChain(certificateBody, certificateChain, NOW);
const commonNames = ({ certificates }: ReturnType<typeof readChain>) => certificates.map(({ subject }) => subject);

describe('a chain', () => {
  it('is the certificate and who signed it, in one member or in two', () => {
    const whole = leaf + middle.certificate + root.certificate;
    expect(commonNames(read(whole))).toEqual(['CN=leaf', 'CN=middle', 'CN=root']);
    expect(commonNames(read(leaf, middle.certificate + root.certificate))).toEqual(['CN=leaf', 'CN=middle', 'CN=root']);
    expect(commonNames(read(leaf + middle.certificate, root.certificate))).toEqual(['CN=leaf', 'CN=middle', 'CN=root']);
    expect(commonNames(read(leaf, middle.certificate))).toEqual(['CN=leaf', 'CN=middle']);
    expect(commonNames(read(leaf, ''))).toEqual(['CN=leaf']);
  });

  it('gives the domain names in lower case, each once', () => {
    expect(read(leaf).domainNames).toEqual(['api.example.com', '*.example.com']);
  });

  it('may be one certificate that signed itself', () => {
    expect(read(issueCertificate({ commonName: 'self.example', ca: true }).certificate).domainNames).toEqual(['self.example']);
  });

  it.each([
    ['of servers', ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1']],
    ['of everybody', ['2.5.29.37.0']],
  ])('may say that it is the one %s', (_, extendedKeyUsage) => {
    expect(read(leafOf({ extendedKeyUsage })).domainNames).toEqual(['leaf']);
  });

  const order = 'the chain begins with the certificate itself, and each one is followed by the one that signed it';
  const impostor = issueCertificate({ commonName: 'middle', ca: true, issuer: root });
  const noAuthority = issueCertificate({ commonName: 'no authority', issuer: root });
  const long = Array.from({ length: 11 }, () => root.certificate).join('');
  const tomorrow = new Date(NOW.getTime() + DAY);
  const yesterday = new Date(NOW.getTime() - DAY);

  it.each<[string, string, string | undefined, string]>([
    ['nothing', '', undefined, 'certificateBody: it holds no certificate'],
    ['something else', 'hello', undefined, 'certificateBody: it holds no certificate'],
    ['a chain of something else', leaf, 'hello', 'certificateChain: it holds no certificate'],
    ['half a PEM', leaf.slice(0, -10), undefined, 'certificateBody: it is not PEM: the line END CERTIFICATE is missing'],
    [
      'a DER that is none',
      pem('CERTIFICATE', Buffer.of(1, 2, 3)),
      undefined,
      'certificateBody: certificate 1 is no X.509 certificate',
    ],
    [
      'a chain with a hole',
      leaf,
      root.certificate,
      `certificateChain: certificate 1 (CN=root) did not sign the one before it (CN=leaf): ${order}`,
    ],
    [
      'a reversed chain',
      middle.certificate + leaf,
      undefined,
      `certificateBody: certificate 2 (CN=leaf) did not sign the one before it (CN=middle): ${order}`,
    ],
    [
      'the certificate twice',
      leaf,
      leaf + middle.certificate,
      `certificateChain: certificate 1 (CN=leaf) did not sign the one before it (CN=leaf): ${order}`,
    ],
    [
      'a signer of the right name with another key',
      leaf,
      impostor.certificate,
      `certificateChain: certificate 1 (CN=middle) did not sign the one before it (CN=leaf): ${order}`,
    ],
    [
      'a signer that is no authority',
      issueCertificate({ commonName: 'leaf', issuer: noAuthority }).certificate,
      noAuthority.certificate,
      'certificateChain: certificate 1 (CN=no authority) is not the certificate of a certificate authority',
    ],
    [
      'one that ended',
      leafOf({ notAfter: yesterday }),
      undefined,
      `certificateBody: certificate 1 ended on ${whole(yesterday)}: CN=leaf`,
    ],
    [
      'one that begins later',
      leafOf({ notBefore: tomorrow }),
      undefined,
      `certificateBody: certificate 1 is not valid before ${whole(tomorrow)}: CN=leaf`,
    ],
    [
      'a signer that ended',
      leaf,
      issueCertificate({ commonName: 'middle', ca: true, issuer: root, keys: middle.keys, notAfter: yesterday }).certificate,
      `certificateChain: certificate 1 ended on ${whole(yesterday)}: CN=middle`,
    ],
    [
      'no names',
      leafOf({ domainNames: [] }),
      undefined,
      'certificateBody: certificate 1 has no domain name among its subject alternative names',
    ],
    [
      'addresses only',
      leafOf({ domainNames: [], ipAddresses: ['192.0.2.1'] }),
      undefined,
      'certificateBody: certificate 1 has no domain name among its subject alternative names',
    ],
    [
      'a usage for clients only',
      leafOf({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] }),
      undefined,
      'certificateBody: certificate 1 is not made for servers: its extended key usage has no serverAuth',
    ],
    [
      'a private key',
      leaf + root.privateKey,
      undefined,
      'certificateBody: it holds a PRIVATE KEY; only certificates belong there',
    ],
    ['a chain without end', long, undefined, 'certificateChain: the chain has 11 certificates, more than 10'],
    ['a huge body', leaf + ' '.repeat(32_768), undefined, 'certificateBody: it is longer than 32768 characters'],
    ['a huge chain', leaf, ' '.repeat(65_537), 'certificateChain: it is longer than 65536 characters'],
  ])('is refused with %s', (_, certificateBody, certificateChain, message) => {
    expect(() => read(certificateBody, certificateChain)).toThrow(message);
  });

  it.each([
    'a b.example',
    'a.example, DNS:victim.example',
    'f*.example',
    '*',
    '*.*.example',
    '-a.example',
    'a..example',
    'a.example\0.evil',
    '',
  ])('security class: configuration injection: a name like %j is no domain name', (name) => {
    expect(() => read(leafOf({ domainNames: ['a.example', name] }))).toThrow(
      'has a subject alternative name that is no domain name',
    );
  });

  it('security class: secrets in errors: nothing is told of a private key that stands among the certificates', () => {
    const { privateKey } = issueCertificate({ keys: keyPair('rsa2048') });
    const [, secret] = privateKey.split('\n');
    for (const body of [
      privateKey,
      leaf + privateKey,
      privateKey.replace('-----END', ''),
      privateKey.replaceAll('PRIVATE KEY', 'CERTIFICATE'),
    ]) {
      expect(() => read(body)).toThrow(/^certificateBody: /);
      expect(() => read(body)).not.toThrow(secret!);
    }
  });
});

/** Certificates know seconds. */
function whole(date: Date): string {
  return new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString();
}
