import { latin1 } from '@gatehouse/http1';
import { randomFillSync } from 'node:crypto';

/** Ids that are made in one go. Few, because the text of all of them lives as long as one of them does. */
const BATCH = 64;
const UUID_BYTES = 16;
const UUID_LENGTH = 36;
const EXTENDED_BYTES = 8;
const EXTENDED_LENGTH = 12;
const TRACE_BYTES = 12;
/** Random bytes that are taken in one go: a call costs more than the bytes do. */
const POOL_BYTES = 16_384;

const DASH = 0x2d;
const EQUALS = 0x3d;
const HEX = Buffer.from('0123456789abcdef');
const BASE64 = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');

const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
let poolAt = pool.length;
const letters = Buffer.allocUnsafeSlow(BATCH * UUID_LENGTH);

let requestIds = '';
let requestIdAt = 0;
let extendedIds = '';
let extendedIdAt = 0;
let traceDigits = '';
let traceDigitsAt = 0;

/** `$context.requestId`: a random UUID (RFC 9562, version 4). */
export function newRequestId(): string {
  if (requestIdAt === requestIds.length) {
    requestIds = manyUuids();
    requestIdAt = 0;
  }
  requestIdAt += UUID_LENGTH;
  return requestIds.slice(requestIdAt - UUID_LENGTH, requestIdAt);
}

/** `$context.extendedRequestId`: eight random bytes in base64, as long as AWS's. */
export function newExtendedRequestId(): string {
  if (extendedIdAt === extendedIds.length) {
    extendedIds = manyExtendedIds();
    extendedIdAt = 0;
  }
  extendedIdAt += EXTENDED_LENGTH;
  return extendedIds.slice(extendedIdAt - EXTENDED_LENGTH, extendedIdAt);
}

/** Random bytes that nobody else gets; valid until the next call. */
function randomBytes(count: number): Buffer {
  if (poolAt + count > pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  poolAt += count;
  return pool.subarray(poolAt - count, poolAt);
}

function manyUuids(): string {
  const random = randomBytes(BATCH * UUID_BYTES);
  for (let n = 0; n < BATCH; n++) putUuid(random, n * UUID_BYTES, n * UUID_LENGTH);
  return latin1(letters, 0, BATCH * UUID_LENGTH);
}

/** Puts the id of the 16 random bytes from `from` on at `at`. One id a call: V8 leaves its compiled form of a longer loop at each end of it. */
function putUuid(random: Buffer, from: number, at: number): void {
  for (let place = 0; place < UUID_BYTES; place++) {
    let byte = random[from + place] as number;
    if (place === 6) byte = (byte & 0x0f) | 0x40;
    else if (place === 8) byte = (byte & 0x3f) | 0x80;
    if (place === 4 || place === 6 || place === 8 || place === 10) letters[at++] = DASH;
    letters[at++] = HEX[byte >> 4] as number;
    letters[at++] = HEX[byte & 15] as number;
  }
}

function manyExtendedIds(): string {
  const random = randomBytes(BATCH * EXTENDED_BYTES);
  for (let n = 0; n < BATCH; n++) putExtendedId(random, n * EXTENDED_BYTES, n * EXTENDED_LENGTH);
  return latin1(letters, 0, BATCH * EXTENDED_LENGTH);
}

function putExtendedId(random: Buffer, from: number, at: number): void {
  at = putBase64(random.readUIntBE(from, 3), at);
  at = putBase64(random.readUIntBE(from + 3, 3), at);
  // The last two bytes make three digits and a filler.
  at = putBase64(random.readUInt16BE(from + 6) << 8, at);
  letters[at - 1] = EQUALS;
}

/** Puts the four digits of three bytes at `at`; answers where they end. */
function putBase64(bytes: number, at: number): number {
  letters[at] = BASE64[bytes >> 18] as number;
  letters[at + 1] = BASE64[(bytes >> 12) & 63] as number;
  letters[at + 2] = BASE64[(bytes >> 6) & 63] as number;
  letters[at + 3] = BASE64[bytes & 63] as number;
  return at + 4;
}

/** What stands for the request id when a client proposed one that is no UUID. Source: AWS's guide. */
export const REPLACED_REQUEST_ID = 'UUID_REPLACED_INVALID_REQUEST_ID';

/** 8-4-4-4-12 hexadecimal digits. */
export function isUuid(text: string): boolean {
  if (text.length !== UUID_LENGTH) return false;
  for (let i = 0; i < UUID_LENGTH; i++) {
    const code = text.charCodeAt(i);
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== DASH) return false;
    } else if (!((code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66)))
      return false;
  }
  return true;
}

let traceSecond = -1;
let tracePrefix = '';

/** `Root=1-{time}-{24 hexadecimal digits}` for a request that brought none. */
export function newTraceRoot(epochMillis: number): string {
  const second = Math.floor(epochMillis / 1000);
  if (second !== traceSecond) {
    traceSecond = second;
    tracePrefix = `Root=1-${second.toString(16).padStart(8, '0')}-`;
  }
  if (traceDigitsAt === traceDigits.length) {
    traceDigits = randomBytes(BATCH * TRACE_BYTES).toString('hex');
    traceDigitsAt = 0;
  }
  traceDigitsAt += 2 * TRACE_BYTES;
  return tracePrefix + traceDigits.slice(traceDigitsAt - 2 * TRACE_BYTES, traceDigitsAt);
}
