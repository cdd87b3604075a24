import { calculateJwkThumbprint, importJWK, type CryptoKey, type JWK } from 'jose';

/** Of one issuer. */
const MOST_KEYS = 100;
/** Bits of an RSA modulus. Source: RFC 7518, 3.3. */
const LEAST_RSA_BITS = 2048;

/** A key, and the only algorithm for which it is good. */
export interface SigningKey {
  readonly kid: string | undefined;
  readonly algorithm: string;
  readonly key: CryptoKey;
  /** The same for the same key, name and algorithm. */
  readonly thumbprint: string;
}

/** The algorithms that keys of a kind may name; the first is meant where they name none. There is no symmetric one, so that no public key passes for a secret. */
const ALGORITHMS = new Map([
  ['RSA', ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']],
  ['EC P-256', ['ES256']],
  ['EC P-384', ['ES384']],
  ['EC P-521', ['ES512']],
  ['OKP Ed25519', ['EdDSA', 'Ed25519']],
]);

/**
 * Reads a JSON Web Key Set (RFC 7517). Keys that are not for signatures, of no known kind or too weak are passed over. Null for what is no key set.
 */
export async function readSigningKeys(body: Buffer): Promise<readonly SigningKey[] | null> {
  let set: unknown;
  try {
    set = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  const list = (set as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(list)) return null;
  const keys = await Promise.all(list.slice(0, MOST_KEYS).map(readKey));
  return keys.filter((key) => key !== null);
}

async function readKey(given: unknown): Promise<SigningKey | null> {
  if (typeof given !== 'object' || given === null) return null;
  const { kty, kid, alg, use, crv, n, e, x, y } = given as JWK;
  const kind = crv === undefined ? kty : `${kty} ${crv}`;
  const algorithms = ALGORITHMS.get(kind ?? '');
  const algorithm = alg ?? algorithms?.[0];
  if (algorithm === undefined || !algorithms?.includes(algorithm) || (use !== undefined && use !== 'sig')) return null;
  if (kid !== undefined && typeof kid !== 'string') return null;
  try {
    // Of the members only those that make the public key: a private part would be none of the gateway's business.
    const jwk = { kty, crv, n, e, x, y } as JWK;
    const key = (await importJWK(jwk, algorithm)) as CryptoKey;
    const { modulusLength } = key.algorithm as { modulusLength?: number };
    if (modulusLength !== undefined && modulusLength < LEAST_RSA_BITS) return null;
    return { kid, algorithm, key, thumbprint: JSON.stringify([kid, algorithm, await calculateJwkThumbprint(jwk)]) };
  } catch {
    return null;
  }
}
