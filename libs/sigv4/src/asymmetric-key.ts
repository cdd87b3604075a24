import { createECDH, createHmac, createPublicKey, type KeyObject } from 'node:crypto';
import { ASYMMETRIC_ALGORITHM } from './signature-scope.js';

const CURVE = 'prime256v1';
/** Order of the curve, less two: what is above it is no private key. */
const MOST = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n - 2n;
const KEY_BITS = 256;
/** Bytes of a coordinate. */
const COORDINATE = 32;

/** Making a key costs as much as verifying several signatures; this many are kept, the oldest goes first. */
const CAPACITY = 1000;
const cache = new Map<string, KeyObject>();

/**
 * The public key with which signatures of an access key are verified (Signature Version 4A). Its private key is made of the secret by NIST's SP 800-108 in
 * counter mode. Source: AWS, "Signature Version 4A", and its published implementations.
 */
export function asymmetricPublicKey(accessKeyId: string, secretAccessKey: string): KeyObject {
  const name = `${accessKeyId}\n${secretAccessKey}`;
  const known = cache.get(name);
  if (known) return known;
  const pair = createECDH(CURVE);
  pair.setPrivateKey(asymmetricPrivateKey(accessKeyId, secretAccessKey));
  // 0x04, then both coordinates.
  const point = pair.getPublicKey();
  const x = point.subarray(1, 1 + COORDINATE).toString('base64url');
  const y = point.subarray(1 + COORDINATE).toString('base64url');
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  for (const oldest of cache.keys()) {
    if (cache.size < CAPACITY) break;
    cache.delete(oldest);
  }
  cache.set(name, key);
  return key;
}

/** The private key, 32 bytes. */
export function asymmetricPrivateKey(accessKeyId: string, secretAccessKey: string): Buffer {
  for (let counter = 1; counter < 255; counter++) {
    const fixed = Buffer.concat([
      uint32(1),
      Buffer.from(`${ASYMMETRIC_ALGORITHM}\0${accessKeyId}`),
      Buffer.from([counter]),
      uint32(KEY_BITS),
    ]);
    const candidate = BigInt(`0x${createHmac('sha256', `AWS4A${secretAccessKey}`).update(fixed).digest('hex')}`);
    if (candidate <= MOST) return Buffer.from((candidate + 1n).toString(16).padStart(2 * COORDINATE, '0'), 'hex');
  }
  throw new Error('no key can be made of this secret');
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
