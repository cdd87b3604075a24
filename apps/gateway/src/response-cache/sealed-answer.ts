import type { CachedAnswer } from '@gatehouse/pipeline';
import type { DataPlaneKey } from '@gatehouse/snapshot';
import { createCipheriv, createDecipheriv, createHmac, randomBytes, type KeyObject } from 'node:crypto';

const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;

/**
 * An answer as Redis holds it, until a time (Unix ms), after which it opens no more, whoever puts it back: id of the data-plane key, nonce, then status, headers and body under AES-256-GCM, and the tag. What it is sealed under is derived from the entry's key, so that it
 * opens under no other, and so that random nonces suffice however many answers are kept.
 */
export function sealAnswer(
  { id, answers }: DataPlaneKey,
  key: string,
  { status, headers, body }: CachedAnswer,
  until: number,
): Buffer {
  const head = Buffer.from(JSON.stringify([until, status, headers]));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(head.length);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(answers, key), nonce);
  const sealed = [cipher.update(length), cipher.update(head), cipher.update(body), cipher.final()];
  return Buffer.concat([Buffer.from(id, 'hex'), nonce, ...sealed, cipher.getAuthTag()]);
}

/** Opens what `sealAnswer` made; undefined for what none of the keys opens, what was changed or moved, and what has had its time. */
export function openAnswer(keys: readonly DataPlaneKey[], key: string, sealed: Buffer): CachedAnswer | undefined {
  const id = sealed.toString('hex', 0, KEY_ID_BYTES);
  const dataPlaneKey = keys.find((held) => held.id === id);
  if (dataPlaneKey === undefined || sealed.length < KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES) return undefined;
  const nonceEnd = KEY_ID_BYTES + NONCE_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(dataPlaneKey.answers, key), sealed.subarray(KEY_ID_BYTES, nonceEnd));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const opened = decipher.update(sealed.subarray(nonceEnd, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  const headEnd = LENGTH_BYTES + opened.readUInt32BE(0);
  const [until, status, headers] = JSON.parse(opened.toString('utf8', LENGTH_BYTES, headEnd)) as [number, number, string[]];
  if (until <= Date.now()) return undefined;
  return { status, headers, body: opened.subarray(headEnd) };
}

function keyOf(answers: KeyObject, key: string): Buffer {
  return createHmac('sha256', answers).update(key).digest();
}
