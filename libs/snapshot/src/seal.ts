import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from 'node:crypto';
import type { KeyId } from './keys.js';

/** `{keyId}.{base64url of nonce, ciphertext and tag}`. */
export type SealedSecret = string;

export interface SealingKey {
  id: KeyId;
  seal: KeyObject;
}

export class UnsealError extends Error {}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a secret with AES-256-GCM; `name` says what it is for and is bound as associated data, so that a ciphertext moved to another place
 * does not open there. The nonce is a keyed digest of name and text: sealing is deterministic (a document that did not change keeps its
 * hash), and a nonce repeats only for the same name and text, which yields the same ciphertext and so tells nothing new.
 */
export function seal(key: SealingKey, name: string, plaintext: string): SealedSecret {
  const nonce = createHmac('sha256', key.seal).update(`${name.length}:${name}${plaintext}`).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.seal, nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([nonce, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${key.id}.${sealed.toString('base64url')}`;
}

/** Opens a sealed secret with whichever of `keys` sealed it. Throws `UnsealError` when none did, or when it was changed or moved. */
export function unseal(keys: readonly SealingKey[], name: string, sealed: SealedSecret): string {
  const dot = sealed.indexOf('.');
  const key = keys.find((candidate) => candidate.id === sealed.slice(0, dot));
  if (!key) throw new UnsealError(`no key at hand opens ${name}`);
  const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new UnsealError(`the sealed value of ${name} is too short`);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.seal, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(name));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    throw new UnsealError(`the sealed value of ${name} was changed or moved`);
  }
}
