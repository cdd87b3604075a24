import { utf8Bytes, type ByteText } from './http/byte-text.js';

/** `$name.name...` up to its last letter, digit or underscore, or `${...}` with anything in it. */
const REFERENCE = /\$(?:\{([^{}]+)\}|([A-Za-z]+(?:\.[A-Za-z0-9_-]*[A-Za-z0-9_])+))/g;

/**
 * Takes a text with references such as `$context.requestId` apart, in time linear in it: literal pieces, as the bytes that they are on the wire, and between
 * them what `read` makes of the references. A reference of which it makes nothing stays as it is written.
 *
 * @param read gets a reference without its dollar sign and its braces
 */
export function splitReferences<Reader>(text: string, read: (reference: string) => Reader | undefined): (ByteText | Reader)[] {
  const pieces: (ByteText | Reader)[] = [];
  let at = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const reader = read((match[1] ?? match[2]) as string);
    if (reader === undefined) continue;
    if (match.index > at) pieces.push(utf8Bytes(text.slice(at, match.index)));
    pieces.push(reader);
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push(utf8Bytes(text.slice(at)));
  return pieces;
}
