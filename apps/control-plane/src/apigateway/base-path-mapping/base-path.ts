import { badRequest } from '@gatehouse/aws-wire';

/** How AWS writes the empty base path, in URIs and in answers. */
export const NONE = '(none)';

const LONGEST = 300;
const BASE_PATH = /^[A-Za-z0-9$\-_.+!*'()]*$/;

/** The base path that a text stands for; empty for `(none)`. Checks nothing: for look-ups. */
export function readBasePath(text: string | undefined): string {
  return text === undefined || text === NONE ? '' : text;
}

/** How a base path is told. */
export function showBasePath(basePath: string): string {
  return basePath === '' ? NONE : basePath;
}

/**
 * Reads a base path that is to be mapped. Throws `BadRequestException` in AWS's words for one of several segments, and for one that is no segment of a
 * canonical path as it stands.
 */
export function checkBasePath(text: string | undefined): string {
  const basePath = readBasePath(text);
  if (basePath.includes('/')) {
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. " +
        'To create a multi-level base path mapping, use API Gateway V2.',
    );
  }
  if (!BASE_PATH.test(basePath) || basePath === '.' || basePath === '..')
    throw badRequest("Base path only allows letters, numbers and the characters $-_.+!*'()");
  if (basePath.length > LONGEST) throw badRequest(`Base path can be at most ${LONGEST} characters.`);
  return basePath;
}
