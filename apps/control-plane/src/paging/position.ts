import { badRequest } from '@gatehouse/aws-wire';

/** What one part of a list's sort key is: decides which texts a client's position may carry. */
export type KeyPart = 'text' | 'timestamp';

const invalid = () => badRequest('Invalid position parameter');

/** The opaque token of the place behind an item: its sort key, coded. */
export function encodePosition(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key that a client's `position` stands for; undefined without a position. The token is not signed (it tells and opens
 * nothing), so whatever a client makes up is either a place in its own list or refused with `BadRequestException`.
 */
export function decodePosition(position: string | undefined, parts: readonly KeyPart[]): string[] | undefined {
  if (position === undefined || position === '') return undefined;
  const key = parseJson(Buffer.from(position, 'base64url').toString('utf8'));
  if (!Array.isArray(key) || key.length !== parts.length) throw invalid();
  return parts.map((part, index) => {
    const value: unknown = key[index];
    if (typeof value !== 'string' || !(part === 'timestamp' ? isTimestamp(value) : isText(value))) throw invalid();
    return value;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid();
  }
}

function isTimestamp(value: string): boolean {
  const date = new Date(value);
  return !Number.isNaN(date.getTime()) && date.toISOString() === value && value.length === 24;
}

// Postgres refuses NUL and lone surrogates in text.
function isText(value: string): boolean {
  return !/[\0\p{Cs}]/u.test(value);
}
