import { AwsError } from '@gatehouse/aws-wire';
import { issueCertificate, keyPair, pem } from '@gatehouse/testing';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyAlgorithmOf, readPrivateKey } from './read-private-key.js';

const made = (kind: Parameters<typeof keyPair>[0]) => {
  const issued = issueCertificate({ keys: keyPair(kind) });
  return { ...issued, x509: new X509Certificate(issued.certificate) };
};
const rsa = made('rsa2048');
const ec = made('p256');

describe('a private key', () => {
  it.each([
    ['rsa2048', 'RSA_2048'],
    ['p256', 'EC_prime256v1'],
    ['p384', 'EC_secp384r1'],
    ['p521', 'EC_secp521r1'],
    ['ed25519', 'Ed25519'],
  ] as const)('may be %s', (kind, algorithm) => {
    const { privateKey, x509 } = made(kind);
    expect(keyAlgorithmOf(readPrivateKey(privateKey, x509))).toBe(algorithm);
  });

  it('may come in the form of its algorithm', () => {
    const pkcs1 = rsa.keys.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    const sec1 = ec.keys.privateKey.export({ type: 'sec1', format: 'pem' }) as string;
    const parameters = pem('EC PARAMETERS', Buffer.from('06082a8648ce3d030107', 'hex'));
    expect(readPrivateKey(pkcs1, rsa.x509).equals(rsa.keys.privateKey)).toBe(true);
    expect(readPrivateKey(parameters + sec1, ec.x509).equals(ec.keys.privateKey)).toBe(true);
  });

  const encrypted = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter2' } as const;
  const notServed = /must be RSA of 2048 to 4096 bits, ECDSA over P-256, P-384 or P-521, or Ed25519$/;
  it.each<[string, string, RegExp]>([
    ['another one than the certificate has', made('p256').privateKey, /does not belong to the certificate in certificateBody$/],
    ['one of another algorithm', made('ed25519').privateKey, /does not belong to the certificate in certificateBody$/],
    [
      'an encrypted one',
      ec.keys.privateKey.export({ type: 'pkcs8', ...encrypted }) as string,
      /is encrypted; send it without passphrase/,
    ],
    [
      'one encrypted in the old form',
      ec.keys.privateKey.export({ type: 'sec1', ...encrypted }) as string,
      /is encrypted; send it without passphrase/,
    ],
    ['a short RSA key', made('rsa1024').privateKey, notServed],
    ['a key over a curve that TLS does not know', made('secp256k1').privateKey, notServed],
    ['two keys', ec.privateKey + ec.privateKey, /must hold one private key in PEM and nothing else$/],
    ['a key beside its certificate', ec.privateKey + ec.certificate, /must hold one private key in PEM and nothing else$/],
    ['a certificate', ec.certificate, /it holds a CERTIFICATE; a private key belongs there$/],
    [
      'a public key',
      ec.keys.publicKey.export({ type: 'spki', format: 'pem' }) as string,
      /it holds a PUBLIC KEY; a private key belongs there$/,
    ],
    ['nothing', '', /must hold one private key in PEM and nothing else$/],
    ['half a key', ec.privateKey.slice(0, 100), /is not PEM: the line END PRIVATE KEY is missing$/],
    ['a broken key', pem('PRIVATE KEY', Buffer.from('0123', 'hex')), /the key cannot be read$/],
    ['a huge one', ec.privateKey + ' '.repeat(5_120), /is longer than 5120 characters$/],
  ])('security class: secrets in errors: %s is refused, and nothing of it told', (_, text, reason) => {
    let refusal: unknown;
    try {
      readPrivateKey(text, ec.x509);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(AwsError);
    expect((refusal as AwsError).type).toBe('BadRequestException');
    expect((refusal as AwsError).message).toMatch(/^certificatePrivateKey: /);
    expect((refusal as AwsError).message).toMatch(reason);
    for (const line of text.split('\n').filter((each) => each.length > 40))
      expect((refusal as AwsError).message).not.toContain(line);
  });
});
