import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { TERMINATOR, type SignatureScope } from './signature-scope.js';

/**
 * Four HMACs make a key that serves a whole day; this many are kept, the oldest goes first. As key objects, because an HMAC with raw bytes costs
 * several times as much.
 */
const CAPACITY = 1000;
const cache = new Map<string, KeyObject>();

/** The signing key of a secret for one day, region and service. */
export function signingKey(secretAccessKey: string, scope: SignatureScope): KeyObject {
  const name = `${secretAccessKey}\n${scope.date}\n${scope.region}\n${scope.service}`;
  const known = cache.get(name);
  if (known) return known;
  const bytes = [scope.date, scope.region, scope.service, TERMINATOR].reduce(mac, Buffer.from(`AWS4${secretAccessKey}`));
  const key = createSecretKey(bytes);
  for (const oldest of cache.keys()) {
    if (cache.size < CAPACITY) break;
    cache.delete(oldest);
  }
  cache.set(name, key);
  return key;
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
