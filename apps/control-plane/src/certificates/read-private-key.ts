import { badRequest } from '@gatehouse/aws-wire';
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { PemError, readPem, type PemBlock } from './pem.js';

const MEMBER = 'certificatePrivateKey';
/** AWS Certificate Manager's limit, in characters. */
const LONGEST = 5_120;

/** What stands beside the key of an elliptic curve in files that `openssl ecparam` wrote; the key says the same. */
const PARAMETERS = 'EC PARAMETERS';
const ENCODINGS: ReadonlyMap<string, 'pkcs8' | 'pkcs1' | 'sec1'> = new Map([
  ['PRIVATE KEY', 'pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1'],
]);

/**
 * Reads the private key of a certificate. Throws `BadRequestException` that says what is wrong and nothing of what the text holds: also a key that
 * is refused stays a secret.
 */
export function readPrivateKey(text: string, certificate: X509Certificate): KeyObject {
  const key = parse(theOneKey(text));
  if (keyAlgorithmOf(key) === undefined) {
    throw badRequest(`${MEMBER}: the key must be RSA of 2048 to 4096 bits, ECDSA over P-256, P-384 or P-521, or Ed25519`);
  }
  if (!certificate.checkPrivateKey(key))
    throw badRequest(`${MEMBER}: the key does not belong to the certificate in certificateBody`);
  return key;
}

function theOneKey(text: string): PemBlock {
  if (text.length > LONGEST) throw badRequest(`${MEMBER}: it is longer than ${LONGEST} characters`);
  let blocks: PemBlock[];
  try {
    blocks = readPem(text).filter(({ label }) => label !== PARAMETERS);
  } catch (error) {
    if (error instanceof PemError) throw badRequest(`${MEMBER}: it is not PEM: ${error.message}`);
    throw error;
  }
  const [block, other] = blocks;
  if (!block || other) throw badRequest(`${MEMBER}: it must hold one private key in PEM and nothing else`);
  return block;
}

function parse({ label, headers, bytes }: PemBlock): KeyObject {
  if (label === 'ENCRYPTED PRIVATE KEY' || headers.length > 0) {
    throw badRequest(`${MEMBER}: the key is encrypted; send it without passphrase, as "openssl pkey -in key.pem" writes it`);
  }
  const type = ENCODINGS.get(label);
  if (!type) throw badRequest(`${MEMBER}: it holds a ${label}; a private key belongs there`);
  try {
    return createPrivateKey({ key: bytes, format: 'der', type });
  } catch {
    throw badRequest(`${MEMBER}: the key cannot be read`);
  }
}

const CURVES: ReadonlyMap<string | undefined, string> = new Map([
  ['prime256v1', 'EC_prime256v1'],
  ['secp384r1', 'EC_secp384r1'],
  ['secp521r1', 'EC_secp521r1'],
]);

/** A key's algorithm in AWS Certificate Manager's words; undefined for one that is not served. */
export function keyAlgorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  switch (asymmetricKeyType) {
    case 'rsa': {
      const bits = asymmetricKeyDetails?.modulusLength ?? 0;
      return bits >= 2048 && bits <= 4096 ? `RSA_${bits}` : undefined;
    }
    case 'ec':
      return CURVES.get(asymmetricKeyDetails?.namedCurve);
    case 'ed25519':
      return 'Ed25519';
    default:
      return undefined;
  }
}
