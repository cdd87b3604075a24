import { KEY_BYTES, type SealingKey } from '@gatehouse/snapshot';
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';

const AT_REST_INFO = 'gatehouse database secrets v1';

/**
 * The key under which the database keeps what must be recovered: secret access keys, values of API keys. Derived from the master key with a
 * label of its own (HKDF-SHA-256, RFC 5869), so that it and the data-plane key tell nothing of one another.
 */
export function atRestKey(masterKey: Buffer): SealingKey {
  const secret = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), AT_REST_INFO, KEY_BYTES));
  return { id: createHmac('sha256', secret).update('key id').digest('hex').slice(0, 16), seal: createSecretKey(secret) };
}
