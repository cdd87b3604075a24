/** What a documentation part describes; members that its type does not have are absent, the others are filled in (`/`, `*`). */
export interface DocumentationLocation {
  type: string;
  path?: string;
  method?: string;
  statusCode?: string;
  name?: string;
}

/** One piece of documentation, as a version keeps it. */
export interface DocumentationPartModel {
  id: string;
  location: DocumentationLocation;
  /** JSON text. */
  properties: string;
}

/** In the order in which locations are told. */
export const LOCATION_MEMBERS = ['path', 'method', 'statusCode', 'name'] as const;
export type LocationMember = (typeof LOCATION_MEMBERS)[number];

/** The members that each type of location may have beside `type`. Source: AWS's DocumentationPartLocation. */
export const LOCATION_TYPES: ReadonlyMap<string, readonly LocationMember[]> = new Map<string, readonly LocationMember[]>([
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

const DEFAULTS: Partial<Record<LocationMember, string>> = { path: '/', method: '*', statusCode: '*' };
/** The only type whose name may be left out. */
const NAMELESS = 'REQUEST_BODY';
/** Source: the pattern of DocumentationPartLocation's statusCode. */
const STATUS_CODE = /^([1-5]\d\d|\*)$/;

/** A location as a client or a document gives it: nothing said of a member is a blank text or its absence. */
export type GivenLocation = { type: string } & Partial<Record<LocationMember, string | undefined>>;

/** A location with its defaults, or a sentence that says why there is none. */
export type CompletedLocation = { location: DocumentationLocation; fault?: undefined } | { fault: string };

/**
 * The location with its defaults, so that equal locations are equal texts. There is none for a type that AWS does not have, a member that
 * the type cannot have, a name that is missing and a status code that is none.
 */
export function completedLocation(given: GivenLocation): CompletedLocation {
  const { type } = given;
  const allowed = LOCATION_TYPES.get(type);
  if (!allowed) return { fault: `Invalid documentation part location type specified: ${type}` };
  const location: DocumentationLocation = { type };
  for (const member of LOCATION_MEMBERS) {
    const value = saidOf(given, member);
    if (!allowed.includes(member)) {
      if (value !== undefined) return invalid(foreign(member, type));
      continue;
    }
    const complete = value ?? DEFAULTS[member];
    if (complete !== undefined) location[member] = complete;
    else if (type !== NAMELESS) return invalid(`'${member}' is required for type '${type}'`);
  }
  if (location.statusCode !== undefined && !STATUS_CODE.test(location.statusCode)) {
    return invalid(`'statusCode' must be a status code or '*'`);
  }
  return { location };
}

/**
 * The location as imports take it: members that its type cannot have change nothing, and there is a sentence for each of them. A type that
 * AWS does not have keeps all.
 */
export function withoutForeignMembers(given: GivenLocation): { location: GivenLocation; warnings: string[] } {
  const allowed = LOCATION_TYPES.get(given.type) ?? LOCATION_MEMBERS;
  const others = LOCATION_MEMBERS.filter((member) => !allowed.includes(member) && saidOf(given, member) !== undefined);
  return {
    location: { ...given, ...Object.fromEntries(others.map((member) => [member, undefined])) },
    warnings: others.map((member) => `${foreign(member, given.type)}. Ignoring.`),
  };
}

/** A blank text says nothing. */
const saidOf = (given: GivenLocation, member: LocationMember) => (given[member]?.trim() ? given[member] : undefined);
const foreign = (member: LocationMember, type: string) => `'${member}' is not a valid field for type '${type}'`;
const invalid = (reason: string) => ({ fault: `Invalid documentation part location: ${reason}` });

/** A text that is the same for equal locations, and sorts them. */
export function locationKey({ type, path, method, statusCode, name }: DocumentationLocation): string {
  return JSON.stringify([path ?? '', type, method ?? '', statusCode ?? '', name ?? '']);
}

/** The location as AWS prints it in errors: `type 'METHOD', path '/pets', method 'GET'`. */
export function describeLocation(location: DocumentationLocation): string {
  const members = ['type', ...LOCATION_MEMBERS] as const;
  return members.flatMap((member) => (location[member] === undefined ? [] : [`${member} '${location[member]}'`])).join(', ');
}

/** Why a document's part is left out whose location another part before it describes. */
export const describedAgain = (location: DocumentationLocation) =>
  `there is another part for the location: ${describeLocation(location)}`;
