import { describe, expect, it } from 'vitest';
import { flattenSchema } from './flatten-schema.js';
import { modelUrl } from '@gatehouse/api-model';
import type { ModelEntity } from './model.entity.js';

const ref = (name: string) => ({ $ref: modelUrl('api1', name) });

function models(schemas: Record<string, unknown>): Map<string, ModelEntity> {
  const rows = Object.entries(schemas).map(([name, schema]): [string, ModelEntity] => [
    name,
    {
      accountId: '123456789012',
      region: 'us-east-1',
      apiId: 'api1',
      name,
      modelId: name,
      description: null,
      contentType: 'application/json',
      schema: JSON.stringify(schema),
    },
  ]);
  return new Map(rows);
}

function flat(name: string, schemas: Record<string, unknown>): unknown {
  const all = models(schemas);
  return JSON.parse(flattenSchema(all.get(name)!, all)!);
}

describe('flattenSchema', () => {
  it('leaves a schema alone that refers to no model', () => {
    const all = models({ A: 0 });
    const model = { ...all.get('A')!, schema: '{ "type" : "object" }' };
    expect(flattenSchema(model, all)).toBe('{ "type" : "object" }');
  });

  it('takes in models, those that they refer to, and circles', () => {
    const A = { properties: { b: ref('B'), self: ref('A') } };
    const B = { items: ref('C') };
    const C = { properties: { a: ref('A'), b: ref('B') } };
    expect(flat('A', { A, B, C, Unrelated: {} })).toEqual({
      properties: { b: { $ref: '#/definitions/B' }, self: { $ref: '#' } },
      definitions: {
        B: { items: { $ref: '#/definitions/C' } },
        C: { properties: { a: { $ref: '#' }, b: { $ref: '#/definitions/B' } } },
      },
    });
  });

  it('keeps references within each schema right, and definitions that have the name of a model', () => {
    const A = { items: ref('B'), additionalItems: { $ref: '#/definitions/B' }, definitions: { B: { type: 'string' } } };
    const B = { properties: { x: { $ref: '#/definitions/x' } }, definitions: { x: { type: 'number' } } };
    expect(flat('A', { A, B })).toEqual({
      items: { $ref: '#/definitions/B_' },
      additionalItems: { $ref: '#/definitions/B' },
      definitions: {
        B: { type: 'string' },
        B_: { properties: { x: { $ref: '#/definitions/B_/definitions/x' } }, definitions: { x: { type: 'number' } } },
      },
    });
  });

  it('does not touch what only looks like a reference', () => {
    const A = { enum: [ref('B')], properties: { $ref: { type: 'string' }, b: ref('B') } };
    expect(flat('A', { A, B: { type: 'null' } })).toMatchObject({
      enum: [ref('B')],
      properties: { $ref: { type: 'string' }, b: { $ref: '#/definitions/B' } },
    });
  });
});
