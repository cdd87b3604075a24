import { hash } from 'node:crypto';
import { splitTarget, type RequestHead } from './request-head.js';
import { canonicalQueryPart, decodePath, encodePath } from './uri-encoding.js';

export const SIGNATURE_PARAMETER = 'X-Amz-Signature';

/** SHA-256, hexadecimal. */
export const sha256 = (data: Buffer | string): string => hash('sha256', data, 'hex');

/**
 * The canonical request of Signature Version 4, made from the bytes that were received. Services other than S3 encode the path a second
 * time, which clients do to the path that they send; so encoding the received path gives what they signed. Nothing is normalised: a path with
 * `//` or `..` is only what was signed when the client signed it like that. S3 encodes the path once, whatever it looks like.
 * Source: AWS, "Create a signed AWS API request".
 */
export function canonicalRequest(
  head: RequestHead,
  signedHeaders: readonly string[],
  payloadHash: string,
  service: string | undefined,
): Buffer {
  const { path, query } = splitTarget(head.rawTarget);
  const text =
    `${head.method}\n${encodePath(service === 's3' ? decodePath(path) : path) || '/'}\n${canonicalQuery(query)}\n` +
    `${canonicalHeaders(head, signedHeaders)}\n${signedHeaders.join(';')}\n${payloadHash}`;
  return Buffer.from(text, 'latin1');
}

/** Pairs sorted by encoded name, then value; a name without `=` has an empty value; the signature itself is left out. */
export function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs: [string, string][] = [];
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = canonicalQueryPart(equals < 0 ? pair : pair.slice(0, equals));
    if (name === SIGNATURE_PARAMETER) continue;
    pairs.push([name, equals < 0 ? '' : canonicalQueryPart(pair.slice(equals + 1))]);
  }
  // By code unit, never by locale; encoded text is ASCII, so this is the order of bytes that AWS asks for.
  pairs.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Repeats of a header are joined in the order in which they came; white space around a value goes, and inside shrinks to one space. */
function canonicalHeaders(head: RequestHead, signedHeaders: readonly string[]): string {
  const values = new Map<string, string>(signedHeaders.map((name) => [name, '']));
  const seen = new Set<string>();
  for (let at = 0; at < head.rawHeaders.length; at += 2) {
    const name = head.rawHeaders[at]?.toLowerCase() ?? '';
    const before = values.get(name);
    if (before === undefined) continue;
    const value = fold(head.rawHeaders[at + 1] ?? '');
    values.set(name, seen.has(name) ? `${before},${value}` : value);
    seen.add(name);
  }
  let text = '';
  for (const [name, value] of values) text += `${name}:${value}\n`;
  return text;
}

function fold(value: string): string {
  return value.replace(/[\t ]+/g, ' ').replace(/^ | $/g, '');
}
