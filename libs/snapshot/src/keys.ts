import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Names one data-plane key: the first bytes of a digest, so that a document says which key made it without telling anything of it. */
export type KeyId = string;

/**
 * What processes of the data plane hold: keys for one purpose each, derived from the master key, which they never see. One authenticates documents,
 * one opens the secrets in them. Several may be held at once, so that keys rotate: the first seals and signs, all open and verify.
 */
export interface DataPlaneKey {
  id: KeyId;
  /** Key objects: OpenSSL prepares them once, which makes each use several times cheaper than raw bytes. */
  mac: KeyObject;
  seal: KeyObject;
  /** Seals answers that gateways keep for one another. */
  answers: KeyObject;
  /** Signs addresses at which whoever has them gets something without further credentials. */
  locations: KeyObject;
  /** Makes tokens that have requests explained. */
  explanations: KeyObject;
  /** With which processes of the data plane sign calls to one another (Signature Version 4). */
  calls: { accessKeyId: string; secretAccessKey: string };
}

const DATA_PLANE_INFO = 'gatehouse data plane v1';

/** Bytes of a master key and of a data-plane key. */
export const KEY_BYTES = 32;

/** The bytes of a master key or a data-plane key as configurations write it, in base64; null for what is none. */
export function decodeKey(text: string): Buffer | null {
  const key = Buffer.from(text, 'base64');
  return key.length === KEY_BYTES && key.toString('base64') === text ? key : null;
}

/** Derives the data-plane secret (32 bytes, handed to gateways) from the master key. HKDF-SHA-256, RFC 5869. */
export function deriveDataPlaneSecret(masterKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), DATA_PLANE_INFO, KEY_BYTES));
}

/** Splits a data-plane secret into the keys for one purpose each. Throws when it is not 32 bytes long. */
export function dataPlaneKey(secret: Buffer): DataPlaneKey {
  if (secret.length !== KEY_BYTES) throw new Error(`a data-plane key has ${KEY_BYTES} bytes, not ${secret.length}`);
  const derive = (info: string) => createSecretKey(Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), info, KEY_BYTES)));
  const id = createHmac('sha256', secret).update('key id').digest('hex').slice(0, 16);
  return {
    id,
    mac: derive('document mac'),
    seal: derive('document seal'),
    answers: derive('response cache'),
    locations: derive('signed locations'),
    explanations: derive('explanations'),
    calls: { accessKeyId: `DATAPLANE${id.toUpperCase()}`, secretAccessKey: derive('calls').export().toString('base64url') },
  };
}
