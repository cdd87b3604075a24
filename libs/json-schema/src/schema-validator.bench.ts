// By its name, so that what was built can be measured: `npx vitest bench --run --config vitest.compiled.config.mjs libs/json-schema`.
import { CompiledSchemas, readJson, SchemaTexts, SchemaValidator } from '@gatehouse/json-schema';
import { describe, it } from 'vitest';

/*
 * What it costs to validate a body of 2 KB: an order of ten lines with patterns, formats, enumerations, numbers and references. Microseconds of one body on a core of an EPYC that
 * others used as well: 11 to read it (8 of JSON.parse), 8 to validate it.
 */

const BODIES = 1000;

const schema = {
  type: 'object',
  required: ['orderId', 'customer', 'lines', 'currency'],
  additionalProperties: false,
  definitions: {
    Money: {
      type: 'object',
      required: ['amount', 'currency'],
      properties: { amount: { type: 'number', minimum: 0, multipleOf: 0.01 }, currency: { $ref: '#/definitions/Currency' } },
    },
    Currency: { type: 'string', enum: ['EUR', 'USD', 'GBP', 'CHF'] },
  },
  properties: {
    orderId: { type: 'string', pattern: '^ord-[0-9a-f]{8}$' },
    createdAt: { type: 'string', format: 'date-time' },
    currency: { $ref: '#/definitions/Currency' },
    customer: {
      type: 'object',
      required: ['name', 'email'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        email: { type: 'string', format: 'email' },
        tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      },
    },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: {
        type: 'object',
        required: ['sku', 'quantity', 'price'],
        additionalProperties: false,
        properties: {
          sku: { type: 'string', pattern: '^[A-Z]{3}-\\d{4,8}$' },
          description: { type: 'string', maxLength: 200 },
          quantity: { type: 'integer', minimum: 1, maximum: 1000 },
          price: { $ref: '#/definitions/Money' },
          options: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
    },
  },
};

const body = JSON.stringify({
  orderId: 'ord-0123abcd',
  createdAt: '2026-11-23T01:02:03.456Z',
  currency: 'EUR',
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', tags: ['early', 'analytical', 'engine'] },
  lines: Array.from({ length: 10 }, (_, n) => ({
    sku: `ABC-${10_000 + n}`,
    description: 'A very good thing that everybody should have at home, in any colour',
    quantity: n + 1,
    price: { amount: n + 0.99, currency: 'EUR' },
    options: { colour: 'blue', size: 'XL' },
  })),
});
const texts = new SchemaTexts(new Map([['Order', JSON.stringify(schema)]]), () => undefined);
const validator = new SchemaValidator(new CompiledSchemas(texts).compileDocument('Order'));

describe(`1,000 bodies of ${body.length} characters`, () => {
  it('read', async ({ bench }) => {
    let read = 0;
    await bench('read', () => {
      for (let n = 0; n < BODIES; n++) if (readJson(body) !== null) read++;
    }).run();
    if (read === 0) throw new Error('nothing was read');
  });

  it('validated, read before', async ({ bench }) => {
    const value = readJson(body);
    await bench('validated', () => {
      for (let n = 0; n < BODIES; n++) if (validator.faultsOf(value, body.length) !== null) throw new Error('it is not valid');
    }).run();
  });
});
