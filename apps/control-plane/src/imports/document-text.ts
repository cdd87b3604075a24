import { invalidInput } from '@gatehouse/openapi';
import { isUtf8 } from 'node:buffer';

const NEWLINE = 0x0a;

/** The document that a body is, under whatever content type. Throws `BadRequestException` in AWS's words, with the line, when it is no text. */
export function documentText(body: Uint8Array): string {
  if (!isUtf8(body)) throw invalidInput({ pointer: '', line: firstOtherLine(body) }, 'it is not encoded in UTF-8');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}

/** The first line that is not UTF-8; no byte of a character is a newline. */
function firstOtherLine(body: Uint8Array): number {
  let line = 1;
  for (let from = 0; from < body.length; line++) {
    const end = body.indexOf(NEWLINE, from);
    if (!isUtf8(body.subarray(from, end === -1 ? body.length : end))) break;
    if (end === -1) break;
    from = end + 1;
  }
  return line;
}
