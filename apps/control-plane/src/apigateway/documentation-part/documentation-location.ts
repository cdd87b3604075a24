import type { DocumentationLocation } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';

type Member = 'path' | 'method' | 'statusCode' | 'name';

/** The members that each type of location may have beside `type`. Source: AWS's DocumentationPartLocation. */
const MEMBERS = new Map<string, readonly Member[]>([
  ['API', []],
  ['AUTHORIZER', ['name']],
  ['MODEL', ['name']],
  ['RESOURCE', ['path']],
  ['METHOD', ['path', 'method']],
  ['PATH_PARAMETER', ['path', 'method', 'name']],
  ['QUERY_PARAMETER', ['path', 'method', 'name']],
  ['REQUEST_HEADER', ['path', 'method', 'name']],
  ['REQUEST_BODY', ['path', 'method', 'name']],
  ['RESPONSE', ['path', 'method', 'statusCode']],
  ['RESPONSE_HEADER', ['path', 'method', 'statusCode', 'name']],
  ['RESPONSE_BODY', ['path', 'method', 'statusCode']],
]);

const DEFAULTS: Partial<Record<Member, string>> = { path: '/', method: '*', statusCode: '*' };
/** The only type whose name may be left out. */
const NAMELESS = 'REQUEST_BODY';
/** In bytes, of the location as JSON: what an index of Postgres takes, and far more than any path needs. */
const LARGEST = 2000;

/** A location as a client gives it: nothing said of a member is an empty text or its absence. */
export type GivenLocation = { type: string } & Partial<Record<Member, string | undefined>>;

/**
 * The location with its defaults, so that equal locations are equal rows. Throws `BadRequestException` for a type that AWS does not have,
 * a member that the type cannot have, and a name that is missing.
 */
export function completeLocation(given: GivenLocation): DocumentationLocation {
  const { type } = given;
  const allowed = MEMBERS.get(type);
  if (!allowed) throw badRequest(`Invalid documentation part location type specified: ${type}`);
  const location: DocumentationLocation = { type };
  for (const member of ['path', 'method', 'statusCode', 'name'] as const) {
    const value = given[member]?.trim() ? given[member] : undefined;
    if (!allowed.includes(member)) {
      if (value) throw badRequest(`Invalid documentation part location: '${member}' is not a valid field for type '${type}'`);
      continue;
    }
    const complete = value ?? DEFAULTS[member];
    if (complete !== undefined) location[member] = complete;
    else if (type !== NAMELESS)
      throw badRequest(`Invalid documentation part location: '${member}' is required for type '${type}'`);
  }
  if (Buffer.byteLength(JSON.stringify(location)) > LARGEST) {
    throw badRequest(`Invalid documentation part location: can have at most ${LARGEST} bytes`);
  }
  return location;
}

/** A text that is the same for equal locations, and sorts them. */
export function locationKey({ type, path, method, statusCode, name }: DocumentationLocation): string {
  return JSON.stringify([path ?? '', type, method ?? '', statusCode ?? '', name ?? '']);
}

/** The location as AWS prints it in errors: `type 'METHOD', path '/pets', method 'GET'`. */
export function describeLocation(location: DocumentationLocation): string {
  const members = ['type', 'path', 'method', 'statusCode', 'name'] as const;
  return members.flatMap((member) => (location[member] === undefined ? [] : [`${member} '${location[member]}'`])).join(', ');
}
