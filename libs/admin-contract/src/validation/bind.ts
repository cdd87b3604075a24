import { AwsError } from '@gatehouse/aws-wire';
import type { Type } from '@nestjs/common';
import { membersOf } from './member.js';
import type { MemberSpec, ValueSpec } from './value-spec.js';
import type { WireRequest } from './wire-request.js';

/**
 * Makes an instance of a generated class out of a request. Nothing is converted except the text of the query, which has no types of its own, and base64;
 * a value that does not fit is kept as it is, for its constraint to report. Maps have no prototype: tenants choose their keys.
 * Throws `SerializationException` for a body that is not a JSON object, or a blob that is not base64, `BadRequestException` for body members that the model does not know.
 */
export function bind<T extends object>(wire: WireRequest, type: Type<T>): T {
  const members = membersOf(type);
  const input = new type();
  const body = [...members.values()].some((member) => member.in === 'payload') ? undefined : jsonOf(wire);
  if (body) {
    const unknown = bindStructure(body, input, members, '');
    if (unknown.length > 0)
      throw new AwsError('BadRequestException', `Unknown members in the request body: ${unknown.join(', ')}`);
  }
  for (const [property, member] of members) {
    const value = bindParameter(wire, property, member, members);
    if (value !== undefined) Object.assign(input, { [property]: value });
  }
  return input;
}

const parsed = new WeakMap<WireRequest, object>();

/** The body, read once: permission may depend on it before it is bound. */
function jsonOf(wire: WireRequest): object | undefined {
  const known = parsed.get(wire);
  if (known) return known;
  const body = parseBody(wire.body);
  if (body) parsed.set(wire, body);
  return body;
}

/** What the JSON body of a request says of a member, unchecked. Throws `SerializationException` for a body that is not a JSON object. */
export function bodyMember(wire: WireRequest, name: string): unknown {
  const body = jsonOf(wire);
  return body && Object.hasOwn(body, name) ? (Reflect.get(body, name) as unknown) : undefined;
}

function parseBody(bytes: Buffer): object | undefined {
  if (bytes.length === 0) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not well-formed JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AwsError('SerializationException', 'The request body is not a JSON object');
  }
  return body;
}

function bindParameter(
  wire: WireRequest,
  property: string,
  member: MemberSpec,
  members: ReadonlyMap<string, MemberSpec>,
): unknown {
  const name = member.wire ?? property;
  switch (member.in) {
    case undefined:
    case 'status':
      return undefined;
    case 'uri':
      return Object.hasOwn(wire.parameters, property) ? wire.parameters[property] : undefined;
    case 'header':
      return wire.headers[name.toLowerCase()];
    case 'payload':
      return wire.body;
    case 'query':
      return member.type === 'map' ? remainingQuery(wire.query, members) : bindQuery(name, wire.query.getAll(name), member);
  }
}

/** Of a parameter that occurs several times and is no list, the first counts. A list may also be one value with commas, which tag keys may hold. */
function bindQuery(name: string, values: string[], member: MemberSpec): unknown {
  const [first] = values;
  if (first === undefined) return undefined;
  switch (member.type) {
    case 'list':
      return name === 'tagKeys' ? values : values.flatMap((value) => value.split(',')).filter((value) => value !== '');
    case 'integer':
    case 'long':
      return /^-?\d{1,10}$/.test(first) ? Number(first) : first;
    case 'boolean':
      return first === 'true' ? true : first === 'false' ? false : first;
    default:
      return first;
  }
}

/** What names the operation, and what signs a URL. */
const NOT_PARAMETERS = /^(mode$|x-amz-)/i;

function remainingQuery(query: URLSearchParams, members: ReadonlyMap<string, MemberSpec>): Record<string, string> {
  const taken = new Set(
    [...members].filter(([, member]) => member.in === 'query').map(([property, member]) => member.wire ?? property),
  );
  const rest = withoutPrototype<string>();
  for (const [name, value] of query) {
    if (!taken.has(name) && !NOT_PARAMETERS.test(name) && !(name in rest)) rest[name] = value;
  }
  return rest;
}

/** Binds the JSON members of one structure; gives the paths of those that its class does not have. */
function bindStructure(json: object, target: object, members: ReadonlyMap<string, MemberSpec>, path: string): string[] {
  const given = new Map<string, unknown>(Object.entries(json));
  const unknown: string[] = [];
  for (const [property, member] of members) {
    if (member.in !== undefined) continue;
    const name = member.wire ?? property;
    const value = given.get(name);
    given.delete(name);
    if (value === undefined || value === null) continue;
    Object.assign(target, { [property]: bindValue(value, member, `${path}${name}`, unknown) });
  }
  return [...unknown, ...[...given.keys()].map((name) => `${path}${name}`)];
}

function bindValue(value: unknown, spec: ValueSpec & { keepNulls?: true }, path: string, unknown: string[]): unknown {
  if (spec.type === 'list') {
    if (!Array.isArray(value) || !spec.of) return value;
    const { of } = spec;
    return value.map((element, index) => bindValue(element, of, `${path}.${index + 1}`, unknown));
  }
  if (spec.type === 'blob') return typeof value === 'string' ? decodeBase64(value, path) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (spec.type === 'map' && spec.values) {
    const map = withoutPrototype<unknown>();
    for (const [key, each] of Object.entries(value)) {
      if (each !== null || spec.keepNulls) map[key] = bindValue(each, spec.values, `${path}.${key}`, unknown);
    }
    return map;
  }
  if (typeof spec.type === 'function') {
    const structure = new spec.type();
    unknown.push(...bindStructure(value, structure, membersOf(spec.type), `${path}.`));
    return structure;
  }
  return value;
}

/** Throws `SerializationException` for a text that is no base64 with its padding; Node.js would pass over what is none of it. */
function decodeBase64(text: string, path: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const isBase64 = text.length % 4 === 0 && bytes.length === Buffer.byteLength(text, 'base64') && !/[-_]/.test(text);
  if (!isBase64) throw new AwsError('SerializationException', `STRING_VALUE can not be converted to a Blob at '${path}'`);
  return bytes;
}

const withoutPrototype = <T>() => Object.create(null) as Record<string, T>;
