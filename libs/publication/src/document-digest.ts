import { hash } from 'node:crypto';

const BITS = 48;
const MODULUS = 2 ** BITS;

/**
 * A fingerprint of a set of (name, revision) that does not depend on their order and costs one hash a change: the sum, modulo 2^48, of the
 * first 48 bits of SHA-1(`name revision`). Redis counts the same in the script `publish`. It finds what was lost, not what was forged:
 * that is the documents' MAC.
 */
export class DocumentDigest {
  private sum = 0;

  add(name: string, revision: number): void {
    this.sum = (this.sum + weight(name, revision)) % MODULUS;
  }

  remove(name: string, revision: number): void {
    this.sum = (this.sum - weight(name, revision) + MODULUS) % MODULUS;
  }

  copy(): DocumentDigest {
    const copy = new DocumentDigest();
    copy.sum = this.sum;
    return copy;
  }

  /** Decimal, as in Redis. */
  toString(): string {
    return String(this.sum);
  }
}

function weight(name: string, revision: number): number {
  return Number.parseInt(hash('sha1', `${name} ${revision}`, 'hex').slice(0, BITS / 4), 16);
}
