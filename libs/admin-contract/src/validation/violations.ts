import { AwsError } from '@gatehouse/aws-wire';
import type { Type } from '@nestjs/common';
import { type ValidationError, validateSync } from 'class-validator';
import { RECORDED } from './conversion-message.js';
import { membersOf } from './member.js';
import type { MemberSpec, ValueSpec } from './value-spec.js';

interface Finding {
  location: string;
  value: unknown;
  constraint: string;
  wrongType: boolean;
  sensitive: boolean;
}

/**
 * Runs the class-validator constraints of a request and of every structure in it. Wrong JSON types come first, as AWS reads before it judges:
 * `SerializationException` for the first of them. Otherwise all violations are one `ValidationException` in AWS's words.
 */
export function assertValid(input: object, operation: string, locations: Locations): void {
  const findings = [...examine(input, (property, member) => locations.top(operation, property, member), locations)];
  const wrong = findings.find((finding) => finding.wrongType);
  if (wrong) throw new AwsError('SerializationException', describeWrongType(wrong));
  if (findings.length === 0) return;
  const count = findings.length === 1 ? '1 validation error' : `${findings.length} validation errors`;
  throw new AwsError('ValidationException', `${count} detected: ${findings.map(describe).join('; ')}`);
}

/** How a service of AWS's says which member it means. */
export interface Locations {
  /** Of a member of the request itself. */
  top(operation: string, property: string, member: MemberSpec): string;
  /** Of a member of a structure in it. */
  inside(property: string): string;
}

/** Amazon API Gateway puts the operation's name before members of the body only. */
export const API_GATEWAY_LOCATIONS: Locations = {
  top: (operation, property, member) => (member.in === undefined ? `${operation}Input.${member.wire ?? property}` : property),
  inside: (property) => property,
};

/** Lambda's members begin with capitals, but not in these messages. */
export const LAMBDA_LOCATIONS: Locations = {
  top: (_operation, property) => property.charAt(0).toLowerCase() + property.slice(1),
  inside: (property) => property.charAt(0).toLowerCase() + property.slice(1),
};

const describe = ({ location, value, constraint, sensitive }: Finding) =>
  `Value${sensitive ? '' : ` ${print(value)}`} at '${location}' failed to satisfy constraint: ${constraint}`;

/** Says where the value is, unless AWS was recorded not to. */
function describeWrongType({ location, constraint }: Finding): string {
  const isRecorded = constraint === RECORDED.boolean || constraint === RECORDED.number;
  return isRecorded ? constraint : `${constraint} at '${location}'`;
}

const isSensitive = ({ sensitive, keys, values }: MemberSpec) => (sensitive ?? keys?.sensitive ?? values?.sensitive) === true;

function print(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'object' && Object.getPrototypeOf(value) === null)
    return `'{${Object.entries(value)
      .map(([key, each]) => `${key}=${String(each)}`)
      .join(', ')}}'`;
  return `'${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}'`;
}

function* examine(
  structure: object,
  locationOf: (property: string, member: MemberSpec) => string,
  locations: Locations,
): Generator<Finding> {
  const errors = new Map(validateSync(structure, { forbidUnknownValues: false }).map((error) => [error.property, error]));
  for (const [property, member] of membersOf(structure.constructor as Type<object>)) {
    const location = locationOf(property, member);
    const value: unknown = Reflect.get(structure, property);
    const error = errors.get(property);
    if (error) yield* findingsOf(error, location, value, isSensitive(member));
    else yield* examineInside(value, member, location, locations);
  }
}

function* findingsOf(error: ValidationError, location: string, value: unknown, sensitive: boolean): Generator<Finding> {
  const constraints = Object.entries(error.constraints ?? {});
  // A missing value, or one of the wrong type, fails every other constraint too.
  const missing = constraints.find(([name]) => name === 'isDefined');
  const wrongType = missing ? undefined : constraints.find(([name]) => Object.hasOwn(error.contexts ?? {}, name));
  const only = missing ?? wrongType;
  const messages = new Set((only ? [only] : constraints).map(([, message]) => message));
  for (const constraint of messages) yield { location, value, constraint, wrongType: wrongType !== undefined, sensitive };
}

/** Structures at any depth of a value, with AWS's `.member.` between an element and what is in it. */
function* examineInside(value: unknown, spec: ValueSpec, location: string, locations: Locations): Generator<Finding> {
  if (value === undefined || value === null) return;
  if (typeof spec.type === 'function') {
    yield* examine(value as object, (property) => `${location}.${locations.inside(property)}`, locations);
  } else if (spec.type === 'list' && spec.of) {
    for (const [index, element] of (value as unknown[]).entries())
      yield* examineInside(element, spec.of, `${location}.${index + 1}.member`, locations);
  } else if (spec.type === 'map' && spec.values) {
    for (const [key, each] of Object.entries(value as object))
      yield* examineInside(each, spec.values, `${location}.${key}.member`, locations);
  }
}
