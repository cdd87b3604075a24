import { randomFillSync, randomUUID } from 'node:crypto';

const ID_BYTES = 8;
const pool = Buffer.allocUnsafe(ID_BYTES * 256);
let used = pool.length;

/** `$context.requestId`. */
export function newRequestId(): string {
  return randomUUID();
}

/** `$context.extendedRequestId`: eight random bytes in base64, as long as AWS's. */
export function newExtendedRequestId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  return pool.toString('base64', used - ID_BYTES, used);
}

/** What stands for the request id when a client proposed one that is no UUID. Source: AWS's guide. */
export const REPLACED_REQUEST_ID = 'UUID_REPLACED_INVALID_REQUEST_ID';

const UUID_LENGTH = 36;

/** 8-4-4-4-12 hexadecimal digits. */
export function isUuid(text: string): boolean {
  if (text.length !== UUID_LENGTH) return false;
  for (let i = 0; i < UUID_LENGTH; i++) {
    const code = text.charCodeAt(i);
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== 0x2d) return false;
    } else if (!((code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66)))
      return false;
  }
  return true;
}

/** `Root=1-{time}-{24 hexadecimal digits}` for a request that brought none; the digits are those of its request id. */
export function newTraceRoot(requestId: string, epochMillis: number): string {
  const seconds = Math.floor(epochMillis / 1000)
    .toString(16)
    .padStart(8, '0');
  const id = isUuid(requestId) ? requestId : newRequestId();
  return `Root=1-${seconds}-${id.slice(9, 13)}${id.slice(14, 18)}${id.slice(19, 23)}${id.slice(24)}`;
}
