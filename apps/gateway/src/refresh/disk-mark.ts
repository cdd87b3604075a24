import type { Position } from '@gatehouse/publication';
import { canonicalJson, type DataPlaneKey } from '@gatehouse/snapshot';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Closes a batch in the disk copy: everything before it is one complete configuration. */
export interface DiskMark extends Position {
  /** Digest over the documents that are there then. */
  digest: string;
  /** When Redis last confirmed that this was the newest; milliseconds since 1970; null when it never did: documents are missing then. */
  confirmedAt: number | null;
}

interface SignedMark {
  mark: DiskMark;
  keyId: string;
  mac: string;
}

const macOf = (key: DataPlaneKey, mark: DiskMark) =>
  createHmac('sha256', key.mac)
    .update(`disk mark ${canonicalJson(mark)}`)
    .digest();

export function writeMark(key: DataPlaneKey, mark: DiskMark): string {
  return JSON.stringify({ mark, keyId: key.id, mac: macOf(key, mark).toString('base64url') } satisfies SignedMark);
}

/** Answers null for what none of `keys` signed. */
export function readMark(keys: readonly DataPlaneKey[], text: string): DiskMark | null {
  let signed: SignedMark;
  try {
    signed = JSON.parse(text) as SignedMark;
  } catch {
    return null;
  }
  const key = keys.find(({ id }) => id === signed?.keyId);
  if (!key || typeof signed.mac !== 'string') return null;
  const given = Buffer.from(signed.mac, 'base64url');
  const right = macOf(key, signed.mark);
  return given.length === right.length && timingSafeEqual(given, right) ? signed.mark : null;
}
