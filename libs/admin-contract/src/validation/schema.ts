import type { Type } from '@nestjs/common';
import { getSchemaPath } from '@nestjs/swagger';
import type { ValueSpec } from './value-spec.js';

/** The OpenAPI schema of a value. Source of the keywords: OpenAPI 3.0. */
export function schemaOf(spec: ValueSpec): Record<string, unknown> {
  if (typeof spec.type === 'function') return { $ref: getSchemaPath(spec.type) };
  switch (spec.type) {
    case 'list':
      return { type: 'array', items: spec.of ? schemaOf(spec.of) : {}, ...defined({ minItems: spec.min, maxItems: spec.max }) };
    case 'map':
      return { type: 'object', additionalProperties: spec.values ? schemaOf(spec.values) : {} };
    case 'integer':
    case 'long':
      return { type: 'integer', ...defined({ minimum: spec.min, maximum: spec.max }) };
    case 'double':
      return { type: 'number', ...defined({ minimum: spec.min, maximum: spec.max }) };
    case 'boolean':
      return { type: 'boolean' };
    case 'timestamp':
      return { oneOf: [{ type: 'number' }, { type: 'string', format: 'date-time' }] };
    case 'blob':
    case 'stream':
      return { type: 'string', format: 'binary' };
    case 'string':
      return {
        type: 'string',
        ...defined({ enum: spec.enum, pattern: spec.pattern, minLength: spec.min, maxLength: spec.max }),
      };
  }
}

/** The classes that a value is made of. */
export function classesIn(spec: ValueSpec): Type<object>[] {
  if (typeof spec.type === 'function') return [spec.type];
  return [...(spec.of ? classesIn(spec.of) : []), ...(spec.values ? classesIn(spec.values) : [])];
}

const defined = (keywords: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined));
