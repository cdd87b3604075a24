import type { DataPlaneKey, Scope } from '@gatehouse/snapshot';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Which archive of an account and region: the SHA-256 of its bytes, hexadecimal. */
export interface CodeName extends Scope {
  sha256: string;
}

const PATH = /^\/gatehouse\/function-code\/(\d{12})\/([a-z0-9-]+)\/([0-9a-f]{64})$/;

/**
 * The path and query of the control plane at which whoever has it gets an archive, without further credentials, up to `expires` (seconds since 1970): AWS's `Code.Location`, and
 * where functions processes get what they run.
 */
export function codeLocation(key: DataPlaneKey, name: CodeName, expires: number): string {
  const path = `/gatehouse/function-code/${name.accountId}/${name.region}/${name.sha256}`;
  return `${path}?expires=${expires}&signature=${signatureOf(key, path, expires).toString('hex')}`;
}

/** Reads what `codeLocation` made; null when none of `keys` signed it, or when its time has passed. `now` is in milliseconds since 1970. */
export function readCodeLocation(keys: readonly DataPlaneKey[], target: string, now: number): CodeName | null {
  const url = URL.parse(target, 'http://localhost');
  const [path, accountId, region, sha256] = PATH.exec(url?.pathname ?? '') ?? [];
  const expires = Number(url?.searchParams.get('expires') ?? NaN);
  const signature = Buffer.from(url?.searchParams.get('signature') ?? '', 'hex');
  if (path === undefined || accountId === undefined || region === undefined || sha256 === undefined) return null;
  if (!Number.isSafeInteger(expires) || expires * 1000 < now) return null;
  const isSigned = keys.some((key) => {
    const wanted = signatureOf(key, path, expires);
    return wanted.length === signature.length && timingSafeEqual(wanted, signature);
  });
  return isSigned ? { accountId, region, sha256 } : null;
}

function signatureOf(key: DataPlaneKey, path: string, expires: number): Buffer {
  return createHmac('sha256', key.locations).update(`${path}\n${expires}`).digest();
}
