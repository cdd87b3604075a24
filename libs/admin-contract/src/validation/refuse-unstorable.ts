import { badRequest } from '@gatehouse/aws-wire';

/** Values in one request. No operation needs nearly as many; each costs time to validate, while other requests wait. */
const MAX_VALUES = 20_000;

/** Levels of lists, maps and structures. No operation has ten; what walks through them must not run out of stack. */
const MAX_DEPTH = 64;

/** NUL, which Postgres keeps in no text, and surrogates without their other half, which no encoding keeps. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/**
 * Looks through everything that a request said, keys of maps too. Throws `BadRequestException` naming the member whose text cannot be kept as it
 * was sent, or when there are too many values, or too many levels.
 */
export function refuseUnstorable(input: object): void {
  let left = MAX_VALUES;
  const look = (value: unknown, path: string, depth: number): void => {
    if (left-- === 0) throw badRequest(`The request holds more than ${MAX_VALUES} values`);
    if (typeof value === 'string' && UNSTORABLE.test(value)) {
      throw badRequest(`Invalid characters in ${path}: NUL and unpaired surrogates are not allowed`);
    }
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return;
    if (depth === MAX_DEPTH) throw badRequest(`The request is nested deeper than ${MAX_DEPTH} levels`);
    for (const [key, member] of Object.entries(value)) {
      if (UNSTORABLE.test(key))
        throw badRequest(`Invalid characters in a key of ${path}: NUL and unpaired surrogates are not allowed`);
      look(member, path === '' ? key : `${path}.${key}`, depth + 1);
    }
  };
  look(input, '', 0);
}
