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
}

/**
 * Runs the class-validator constraints of a request and of every structure in it. Wrong JSON types come first, as AWS reads before it judges:
 * `SerializationException` for the first of them. Otherwise all violations are one `ValidationException` in AWS's words.
 */
export function assertValid(input: object, operation: string): void {
  const findings = [...examine(input, (property, member) => locate(operation, property, member))];
  const wrong = findings.find((finding) => finding.wrongType);
  if (wrong) throw new AwsError('SerializationException', describeWrongType(wrong));
  if (findings.length === 0) return;
  const count = findings.length === 1 ? '1 validation error' : `${findings.length} validation errors`;
  throw new AwsError('ValidationException', `${count} detected: ${findings.map(describe).join('; ')}`);
}

/** AWS puts the operation's name before members of the body only. */
const locate = (operation: string, property: string, member: MemberSpec) =>
  member.in === undefined ? `${operation}Input.${member.wire ?? property}` : property;

const describe = ({ location, value, constraint }: Finding) =>
  `Value ${print(value)} at '${location}' failed to satisfy constraint: ${constraint}`;

/** Says where the value is, unless AWS was recorded not to. */
function describeWrongType({ location, constraint }: Finding): string {
  const isRecorded = constraint === RECORDED.boolean || constraint === RECORDED.number;
  return isRecorded ? constraint : `${constraint} at '${location}'`;
}

function print(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return `'${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}'`;
}

function* examine(structure: object, locationOf: (property: string, member: MemberSpec) => string): Generator<Finding> {
  const errors = new Map(validateSync(structure, { forbidUnknownValues: false }).map((error) => [error.property, error]));
  for (const [property, member] of membersOf(structure.constructor as Type<object>)) {
    const location = locationOf(property, member);
    const value: unknown = Reflect.get(structure, property);
    const error = errors.get(property);
    if (error) yield* findingsOf(error, location, value);
    else yield* examineInside(value, member, location);
  }
}

function* findingsOf(error: ValidationError, location: string, value: unknown): Generator<Finding> {
  const constraints = Object.entries(error.constraints ?? {});
  // A missing value, or one of the wrong type, fails every other constraint too.
  const missing = constraints.find(([name]) => name === 'isDefined');
  const wrongType = missing ? undefined : constraints.find(([name]) => Object.hasOwn(error.contexts ?? {}, name));
  const only = missing ?? wrongType;
  const messages = new Set((only ? [only] : constraints).map(([, message]) => message));
  for (const constraint of messages) yield { location, value, constraint, wrongType: wrongType !== undefined };
}

/** Structures at any depth of a value, with AWS's `.member.` between an element and what is in it. */
function* examineInside(value: unknown, spec: ValueSpec, location: string): Generator<Finding> {
  if (value === undefined || value === null) return;
  if (typeof spec.type === 'function') {
    yield* examine(value as object, (property) => `${location}.${property}`);
  } else if (spec.type === 'list' && spec.of) {
    for (const [index, element] of (value as unknown[]).entries())
      yield* examineInside(element, spec.of, `${location}.${index + 1}.member`);
  } else if (spec.type === 'map' && spec.values) {
    for (const [key, each] of Object.entries(value as object))
      yield* examineInside(each, spec.values, `${location}.${key}.member`);
  }
}
