import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** A certificate with its key, as files of PEM would hold them. */
export interface IssuedCertificate {
  certificate: string;
  /** PKCS #8, not encrypted. */
  privateKey: string;
  keys: KeyPair;
  commonName: string;
}

export interface CertificateRequest {
  /** Default `localhost`. */
  commonName?: string;
  /** Domain names among the subject alternative names; default the common name. None leaves the extension out. */
  domainNames?: string[];
  ipAddresses?: string[];
  /** Who signs; default the certificate itself. */
  issuer?: IssuedCertificate;
  /** May sign others. */
  ca?: boolean;
  /** Object identifiers of the extended key usage; none leaves the extension out. */
  extendedKeyUsage?: string[];
  notBefore?: Date;
  notAfter?: Date;
  /** Default a new key over P-256. */
  keys?: KeyPair;
  /** Of the signature; default SHA-256. */
  digest?: 'sha1' | 'sha256';
}

const DAY = 86_400_000;

/** A new key; over P-256 unless told otherwise, which costs least. */
export function keyPair(kind: 'p256' | 'p384' | 'p521' | 'secp256k1' | 'rsa1024' | 'rsa2048' | 'ed25519' = 'p256'): KeyPair {
  switch (kind) {
    case 'ed25519':
      return generateKeyPairSync('ed25519');
    case 'rsa1024':
    case 'rsa2048':
      return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(3)) });
    default:
      return generateKeyPairSync('ec', { namedCurve: CURVES[kind] });
  }
}

const CURVES = { p256: 'P-256', p384: 'P-384', p521: 'P-521', secp256k1: 'secp256k1' };

/** Makes an X.509 certificate (RFC 5280) for specs; valid from yesterday for 30 days unless told otherwise. */
export function issueCertificate(request: CertificateRequest = {}): IssuedCertificate {
  const { commonName = 'localhost', issuer, keys = keyPair(), digest = 'sha256' } = request;
  const signer = issuer?.keys.privateKey ?? keys.privateKey;
  const algorithm = signatureAlgorithm(signer, digest);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(0x40), randomBytes(8)])),
    algorithm,
    name(issuer?.commonName ?? commonName),
    sequence(time(request.notBefore ?? new Date(Date.now() - DAY)), time(request.notAfter ?? new Date(Date.now() + 29 * DAY))),
    name(commonName),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(request, commonName))),
  );
  const signature = sign(signer.asymmetricKeyType === 'ed25519' ? null : digest, body, signer);
  return {
    certificate: pem('CERTIFICATE', sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.of(0), signature])))),
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    keys,
    commonName,
  };
}

/** DER in PEM, 64 characters a line. */
export function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function extensions({ ca = false, extendedKeyUsage, ...request }: CertificateRequest, commonName: string): Buffer[] {
  const alternatives = [
    ...(request.domainNames ?? [commonName]).map((domainName) => der(0x82, Buffer.from(domainName, 'latin1'))),
    ...(request.ipAddresses ?? []).map((address) => der(0x87, Buffer.from(address.split('.').map(Number)))),
  ];
  return [
    extension('2.5.29.19', true, sequence(...(ca ? [der(0x01, Buffer.of(0xff))] : []))),
    ...(extendedKeyUsage ? [extension('2.5.29.37', false, sequence(...extendedKeyUsage.map(identifier)))] : []),
    ...(alternatives.length > 0 ? [extension('2.5.29.17', false, sequence(...alternatives))] : []),
  ];
}

const extension = (id: string, critical: boolean, value: Buffer) =>
  sequence(identifier(id), ...(critical ? [der(0x01, Buffer.of(0xff))] : []), der(0x04, value));

function signatureAlgorithm({ asymmetricKeyType }: KeyObject, digest: 'sha1' | 'sha256'): Buffer {
  const isSha1 = digest === 'sha1';
  switch (asymmetricKeyType) {
    case 'rsa':
      return sequence(identifier(isSha1 ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11'), der(0x05, Buffer.alloc(0)));
    case 'ec':
      return sequence(identifier(isSha1 ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'));
    default:
      return sequence(identifier('1.3.101.112'));
  }
}

/** A distinguished name of nothing but a common name. */
const name = (commonName: string) => sequence(der(0x31, sequence(identifier('2.5.4.3'), der(0x0c, Buffer.from(commonName)))));

/** Until 2049 as UTCTime, then as GeneralizedTime. */
function time(date: Date): Buffer {
  const digits = `${date
    .toISOString()
    .replace(/\.\d+|[-:T]/g, '')
    .slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}

function identifier(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));

/** One value in DER: tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...bytes), content]);
}
