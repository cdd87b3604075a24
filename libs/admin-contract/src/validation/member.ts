import type { Type } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { constrain } from './constraints.js';
import { classesIn, schemaOf } from './schema.js';
import type { MemberSpec } from './value-spec.js';

const registry = new WeakMap<object, Map<string, MemberSpec>>();

/**
 * Declares a member of a generated class: from one description come the class-validator constraints (with AWS's messages), the schema in the
 * OpenAPI document, and what `readInput` needs to find the member in a request.
 */
export function Member(spec: MemberSpec): PropertyDecorator {
  return (prototype, property) => {
    const members = registry.get(prototype.constructor) ?? new Map<string, MemberSpec>();
    registry.set(prototype.constructor, members.set(String(property), spec));
    for (const decorate of constrain(spec)) decorate(prototype, property);
    if (spec.in !== undefined) return; // documented as a parameter of the operation
    ApiExtraModels(...classesIn(spec))(prototype.constructor as Type<object>);
    ApiProperty({ required: spec.required === true, ...schemaOf(spec) } as ApiPropertyOptions)(prototype, property);
  };
}

/** The members of a generated class by property, in the model's order; empty for an operation without input. */
export const membersOf = (type: Type<object>): ReadonlyMap<string, MemberSpec> => registry.get(type) ?? new Map();
