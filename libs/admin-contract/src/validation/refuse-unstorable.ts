import { badRequest } from '@gatehouse/aws-wire';

/** Values in one request. No operation needs nearly as many; each costs time to validate, while other requests wait. */
const MAX_VALUES = 20_000;

/** Levels of lists, maps and structures. No operation has ten; what walks through them must not run out of stack. */
const MAX_DEPTH = 64;

/** No text of Lambda's, whose requests may be large because of archives, has a hundredth of it. Regular expressions run out of stack at some millions. */
const MAX_CHARACTERS = 1_048_576;

/** NUL, which Postgres keeps in no text, and surrogates without their other half, which no encoding keeps. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/**
 * Looks through everything that a request said, keys of maps too. Throws `BadRequestException` naming the member whose text cannot be kept as it
 * was sent, or when there are too many values, too many levels, or, where texts are `short`, one that is too long.
 */
export function refuseUnstorable(input: object, short: boolean): void {
  let left = MAX_VALUES;
  const lookAtText = (text: string, place: string) => {
    if (short && text.length > MAX_CHARACTERS) throw badRequest(`More than ${MAX_CHARACTERS} characters in ${place}`);
    if (UNSTORABLE.test(text)) throw badRequest(`Invalid characters in ${place}: NUL and unpaired surrogates are not allowed`);
  };
  const look = (value: unknown, path: string, depth: number): void => {
    if (left-- === 0) throw badRequest(`The request holds more than ${MAX_VALUES} values`);
    if (typeof value === 'string') lookAtText(value, path);
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return;
    if (depth === MAX_DEPTH) throw badRequest(`The request is nested deeper than ${MAX_DEPTH} levels`);
    for (const [key, member] of Object.entries(value)) {
      lookAtText(key, `a key of ${path}`);
      look(member, path === '' ? key : `${path}.${key}`, depth + 1);
    }
  };
  look(input, '', 0);
}
