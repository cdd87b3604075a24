import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsIn,
  IsInstance,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  type ValidationArguments,
  type ValidationOptions,
} from 'class-validator';
import { Readable } from 'node:stream';
import { cannotConvert } from './conversion-message.js';
import type { MemberSpec, ValueSpec } from './value-spec.js';

/** Marks a constraint on the JSON type: AWS answers `SerializationException` for these, and only for the first. */
export const WRONG_TYPE = { wrongType: true } as const;

/** The class-validator decorators of a member. Structures inside it are validated by their own decorators (see `violations.ts`). */
export function constrain(spec: MemberSpec): PropertyDecorator[] {
  const presence = spec.required ? IsDefined({ message: 'Member must not be null' }) : IsOptional();
  return [presence, ...constrainValue(spec)];
}

function constrainValue(spec: ValueSpec): PropertyDecorator[] {
  if (spec.type === 'list') {
    return [
      IsArray(typeOptions(spec)),
      ...(spec.min === undefined ? [] : [ArrayMinSize(spec.min, { message: atLeast('length', spec.min) })]),
      ...(spec.max === undefined ? [] : [ArrayMaxSize(spec.max, { message: atMost('length', spec.max) })]),
      ...(spec.of ? constrainElements(spec.of) : []),
    ];
  }
  if (spec.type === 'map') return [IsMapOf(spec), ...constrainEntries(spec)];
  return [isOfType(spec, typeOptions(spec)), ...limits(spec)];
}

/** AWS reports elements at their list: `Member must satisfy constraint: [Member must ...]`. Elements that are structures report for themselves. */
function constrainElements(of: ValueSpec): PropertyDecorator[] {
  if (of.type === 'list' || of.type === 'map') throw new Error('no service model has lists of lists or of maps');
  const inner = limitMessages(of);
  const message = `Member must satisfy constraint: [${inner.join(', ')}]`;
  return [isOfType(of, { ...typeOptions(of), each: true }), ...limits(of, { each: true, message })];
}

function isOfType(spec: ValueSpec, options: ValidationOptions): PropertyDecorator {
  if (typeof spec.type === 'function') return IsInstance(spec.type, options);
  switch (spec.type) {
    case 'string':
      return IsString(options);
    case 'integer':
      return ValidateBy({ name: 'isInteger', validator: { validate: isInteger } }, options);
    case 'long':
      return IsInt(options);
    case 'double':
      return IsNumber({}, options);
    case 'boolean':
      return IsBoolean(options);
    case 'timestamp':
      return IsDate(options);
    case 'blob':
      return IsInstance(Buffer, options);
    case 'stream':
      return IsInstance(Readable, options);
    case 'list':
    case 'map':
      throw new Error('lists and maps have constraints of their own');
  }
}

function limits(spec: ValueSpec, options?: ValidationOptions): PropertyDecorator[] {
  const isNumber = spec.type === 'integer' || spec.type === 'long' || spec.type === 'double';
  const decorators: PropertyDecorator[] = [];
  if (spec.enum) decorators.push(IsIn([...spec.enum], options ?? { message: oneOf(spec.enum) }));
  if (spec.pattern !== undefined)
    decorators.push(Matches(wholeValue(spec.pattern), options ?? { message: matching(spec.pattern) }));
  if (spec.max !== undefined) {
    decorators.push(
      isNumber
        ? Max(spec.max, options ?? { message: atMost('value', spec.max) })
        : MaxLength(spec.max, options ?? { message: atMost('length', spec.max) }),
    );
  }
  if (spec.min !== undefined) {
    decorators.push(
      isNumber
        ? Min(spec.min, options ?? { message: atLeast('value', spec.min) })
        : MinLength(spec.min, options ?? { message: atLeast('length', spec.min) }),
    );
  }
  return decorators;
}

/** AWS prints every limit of an element, whichever of them was violated. */
function limitMessages(spec: ValueSpec): string[] {
  const noun = spec.type === 'string' ? 'length' : 'value';
  return [
    ...(spec.enum ? [oneOf(spec.enum)] : []),
    ...(spec.pattern === undefined ? [] : [matching(spec.pattern)]),
    ...(spec.max === undefined ? [] : [atMost(noun, spec.max)]),
    ...(spec.min === undefined ? [] : [atLeast(noun, spec.min)]),
  ];
}

/** class-validator has no validator for maps (it takes one for an unknown class), so this one checks the values of ours. */
function IsMapOf(spec: ValueSpec & { keepNulls?: true }): PropertyDecorator {
  return ValidateBy(
    { name: 'isMapOf', validator: { validate: (value: unknown) => firstMisfit(spec, value) === undefined } },
    {
      message: ({ value }: ValidationArguments) => {
        const misfit = firstMisfit(spec, value)!;
        return cannotConvert(misfit.spec, misfit.value);
      },
      context: WRONG_TYPE,
    },
  );
}

/** AWS reports keys and values at their map. Values that are structures report for themselves. */
function constrainEntries({ keys, values }: ValueSpec): PropertyDecorator[] {
  const entries = (value: unknown) => Object.entries(value ?? {}) as [string, unknown][];
  return [
    ...(keys ? [EachIs('areKeys', keys, (value) => entries(value).map(([key]) => key), 'Map keys')] : []),
    ...(values && hasLimits(values)
      ? [EachIs('areValues', values, (value) => entries(value).map(([, each]) => each), 'Map value')]
      : []),
  ];
}

function EachIs(name: string, spec: ValueSpec, eachOf: (value: unknown) => unknown[], what: string): PropertyDecorator {
  return ValidateBy(
    { name, validator: { validate: (value: unknown) => eachOf(value).every((each) => isWithin(spec, each)) } },
    { message: `${what} must satisfy constraint: [${limitMessages(spec).join(', ')}]` },
  );
}

const hasLimits = ({ enum: values, pattern, min, max }: ValueSpec) =>
  values !== undefined || pattern !== undefined || min !== undefined || max !== undefined;

function isWithin({ enum: values, pattern, min = -Infinity, max = Infinity }: ValueSpec, value: unknown): boolean {
  const size = typeof value === 'string' ? value.length : Number(value);
  if (size < min || size > max) return false;
  return (values?.includes(String(value)) ?? true) && (pattern === undefined || wholeValue(pattern).test(String(value)));
}

interface Misfit {
  spec: ValueSpec;
  value: unknown;
}

/** The first value that does not have its type, searched through maps and lists in maps. */
function firstMisfit(spec: ValueSpec & { keepNulls?: true }, value: unknown): Misfit | undefined {
  if (spec.type === 'map') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { spec, value };
    for (const each of Object.values(value)) {
      if (each === null && spec.keepNulls) continue;
      const misfit = spec.values && firstMisfit(spec.values, each);
      if (misfit) return misfit;
    }
    return undefined;
  }
  if (spec.type === 'list') {
    if (!Array.isArray(value)) return { spec, value };
    for (const each of value) {
      const misfit = spec.of && firstMisfit(spec.of, each);
      if (misfit) return misfit;
    }
    return undefined;
  }
  const fits = typeof spec.type === 'function' ? value instanceof spec.type : hasScalarType(spec.type, value);
  return fits ? undefined : { spec, value };
}

function hasScalarType(
  type: Exclude<ValueSpec['type'], 'list' | 'map' | { new (...args: never[]): object }>,
  value: unknown,
): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return isInteger(value);
    case 'long':
      return Number.isInteger(value);
    case 'double':
      return typeof value === 'number' && Number.isFinite(value);
    default:
      throw new Error(`no service model has maps of ${String(type)}`);
  }
}

/** The models' integers have 32 bits. */
const isInteger = (value: unknown) => Number.isInteger(value) && value === (Number(value) | 0);

const typeOptions = (spec: ValueSpec): ValidationOptions => ({
  message: ({ value }: ValidationArguments) => cannotConvert(spec, value),
  context: WRONG_TYPE,
});

const oneOf = (values: readonly string[]) => `Member must satisfy enum value set: [${values.join(', ')}]`;
const matching = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`;
const atLeast = (noun: 'length' | 'value', bound: number) => `Member must have ${noun} greater than or equal to ${bound}`;
const atMost = (noun: 'length' | 'value', bound: number) => `Member must have ${noun} less than or equal to ${bound}`;

/**
 * The models' patterns are meant for the whole value; those with anchors of their own keep their meaning. Only those with classes of Unicode's are
 * well-formed with the flag for them.
 */
const wholeValue = (pattern: string) => new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
