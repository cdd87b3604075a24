import Ajv from 'ajv-draft-04';
import { describe, expect, it } from 'vitest';
import { faultsOf, validatorOf } from './schema.fixture.js';
import { readJson } from './read-json.js';

// The messages are those of the Java library json-schema-validator, which AWS prints.
describe('what is wrong with a value', () => {
  it.each<[unknown, string, string[] | null]>([
    [{ type: 'object' }, '{}', null],
    [{ type: 'object' }, '[]', ['instance type (array) does not match any allowed primitive type (allowed: ["object"])']],
    [{ type: 'integer' }, '"x"', ['instance type (string) does not match any allowed primitive type (allowed: ["integer"])']],
    [
      { type: 'number' },
      'true',
      ['instance type (boolean) does not match any allowed primitive type (allowed: ["integer","number"])'],
    ],
    [
      { type: ['string', 'null'] },
      '1',
      ['instance type (integer) does not match any allowed primitive type (allowed: ["null","string"])'],
    ],
    [{ type: 'integer' }, '1.0', ['instance type (number) does not match any allowed primitive type (allowed: ["integer"])']],
    [{ type: 'integer' }, '1e2', ['instance type (number) does not match any allowed primitive type (allowed: ["integer"])']],
    [{ type: 'integer' }, '12345678901234567890', null],
    [{ type: 'number' }, '1.0', null],
    [{ type: 'null' }, 'null', null],
    [{ required: ['name', 'age'] }, '{}', ['object has missing required properties (["age","name"])']],
    [{ required: ['name', 'age'] }, '{"age":1}', ['object has missing required properties (["name"])']],
    [{ required: ['name'] }, '"no object"', null],
    [{ minLength: 2 }, '"x"', ['string "x" is too short (length: 1, required minimum: 2)']],
    [{ minLength: 2 }, '"\\ud83d\\ude00"', ['string "😀" is too short (length: 1, required minimum: 2)']],
    [{ minLength: 2 }, '"\\ud83d\\ud83d"', null],
    [{ maxLength: 2 }, '"xyz"', ['string "xyz" is too long (length: 3, maximum allowed: 2)']],
    [{ maxLength: 2 }, '"😀😀"', null],
    [{ pattern: '^a+$' }, '"b"', ['ECMA 262 regex "^a+$" does not match input string "b"']],
    [{ pattern: 'b' }, '"abc"', null],
    [{ minimum: 0 }, '-1', ['numeric instance is lower than the required minimum (minimum: 0, found: -1)']],
    [{ minimum: 0, exclusiveMinimum: true }, '0', ['numeric instance is not strictly greater than the required minimum 0']],
    [{ minimum: 0, exclusiveMinimum: false }, '0', null],
    [{ minimum: 0, exclusiveMinimum: true }, '0.0', ['numeric instance is not strictly greater than the required minimum 0']],
    [{ maximum: 20 }, '25', ['numeric instance is greater than the required maximum (maximum: 20, found: 25)']],
    [{ maximum: 20, exclusiveMaximum: true }, '20', ['numeric instance is not strictly lower than the required maximum 20']],
    ['{"maximum": 500.0}', '502', ['numeric instance is greater than the required maximum (maximum: 500.0, found: 502)']],
    [
      '{"maximum": 12345678901234567890}',
      '12345678901234567891',
      ['numeric instance is greater than the required maximum (maximum: 12345678901234567890, found: 12345678901234567891)'],
    ],
    ['{"maximum": 12345678901234567890}', '12345678901234567890', null],
    [{ multipleOf: 10 }, '13', ['remainder of division is not zero (13 / 10)']],
    [{ multipleOf: 0.01 }, '19.99', null],
    [{ multipleOf: 0.01 }, '0.29', null],
    [{ multipleOf: 0.01 }, '4.35', null],
    [{ multipleOf: 0.01 }, '19.999', ['remainder of division is not zero (19.999 / 0.01)']],
    [{ multipleOf: 0.1 }, '12345678901234567890.1', null],
    [{ multipleOf: 3 }, '9007199254740993', null],
    [{ multipleOf: 3 }, '9007199254740994', ['remainder of division is not zero (9007199254740994 / 3)']],
    [{ multipleOf: 100 }, '1e3', null],
    [{ multipleOf: 1e-7 }, '0.0000003', null],
    [{ minItems: 2 }, '[1]', ['array is too short: must have at least 2 elements but instance has 1 elements']],
    [{ maxItems: 1 }, '[1,2]', ['array is too long: must have at most 1 elements but instance has 2 elements']],
    [{ uniqueItems: true }, '[1,2,1]', ['array must not contain duplicate elements']],
    [{ uniqueItems: true }, '[1,"1",true,null,"true",{"a":1},{"a":2},[1]]', null],
    [{ uniqueItems: true }, '[1,1.0]', ['array must not contain duplicate elements']],
    [{ uniqueItems: true }, '[{"a":1,"b":[2]},{"b":[2.0],"a":1}]', ['array must not contain duplicate elements']],
    [{ uniqueItems: true }, '[" 1",1]', null],
    [{ uniqueItems: true }, '[1e400,1e400]', ['array must not contain duplicate elements']],
    [{ uniqueItems: false }, '[1,1]', null],
    [
      { items: [{}, {}], additionalItems: false },
      '[1,2,3]',
      ['schema only allows 2 elements in array but instance has 3 elements'],
    ],
    [{ items: [{}, {}], additionalItems: false }, '[1]', null],
    [{ items: {}, additionalItems: false }, '[1]', null],
    [
      { items: [{ type: 'string' }], additionalItems: { type: 'integer' } },
      '["a",1,"b"]',
      ['instance type (string) does not match any allowed primitive type (allowed: ["integer"])'],
    ],
    [
      { items: { type: 'integer' } },
      '[1,"a",null]',
      [
        'instance type (string) does not match any allowed primitive type (allowed: ["integer"])',
        'instance type (null) does not match any allowed primitive type (allowed: ["integer"])',
      ],
    ],
    [
      { additionalProperties: false, properties: { a: {} }, patternProperties: { '^x-': {} } },
      '{"c":1,"a":1,"x-1":2,"b":3}',
      ['object instance has properties which are not allowed by the schema: ["b","c"]'],
    ],
    [
      { additionalProperties: { type: 'integer' }, properties: { a: {} }, patternProperties: { '^x-': { type: 'string' } } },
      '{"a":null,"x-1":1,"b":"s"}',
      [
        'instance type (string) does not match any allowed primitive type (allowed: ["integer"])',
        'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
      ],
    ],
    [{ minProperties: 2 }, '{"a":1}', ['object has too few properties (found 1 but schema requires at least 2)']],
    [{ maxProperties: 1 }, '{"a":1,"b":1}', ['object has too many properties (found 2 but schema requires at most 1)']],
    [
      { dependencies: { a: ['b', 'c'] } },
      '{"a":1,"b":1}',
      ['property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["c"])'],
    ],
    [{ dependencies: { a: { required: ['z'] } } }, '{"a":1}', ['object has missing required properties (["z"])']],
    [{ dependencies: { a: { required: ['z'] } } }, '{}', null],
    [
      { enum: ['a', 1, null, { x: [1] }] },
      '"b"',
      ['instance value ("b") not found in enum (possible values: ["a",1,null,{"x":[1]}])'],
    ],
    [{ enum: ['a', 1] }, '1.0', null],
    [{ enum: [{ x: [1], y: 2 }] }, '{"y":2.0,"x":[1]}', null],
    [{ enum: ['1'] }, '1', ['instance value (1) not found in enum (possible values: ["1"])']],
    [
      { allOf: [{ type: 'integer' }, { minimum: 5 }] },
      '3',
      ['instance failed to match all required schemas (matched only 1 out of 2)'],
    ],
    [
      { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      '"a"',
      ['instance failed to match at least one required schema among 2'],
    ],
    [{ oneOf: [{ type: 'integer' }, { minimum: 5 }] }, '7', ['instance failed to match exactly one schema (matched 2 out of 2)']],
    [
      { oneOf: [{ type: 'integer' }, { type: 'string' }] },
      'null',
      ['instance failed to match exactly one schema (matched 0 out of 2)'],
    ],
    [{ not: { type: 'integer' } }, '1', ['instance matched a schema which it should not have']],
    // By the names of the keywords, then of the members; within a member only where it passed itself.
    [
      { type: 'object', required: ['a'], minProperties: 3, properties: { b: { type: 'string' } } },
      '{"b":1}',
      [
        'object has too few properties (found 1 but schema requires at least 3)',
        'object has missing required properties (["a"])',
      ],
    ],
    [
      { properties: { b: { type: 'string' }, a: { type: 'string', maxLength: 0 } } },
      '{"b":1,"a":"x"}',
      [
        'string "x" is too long (length: 1, maximum allowed: 0)',
        'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
      ],
    ],
    [
      { properties: { a: { type: 'string' }, b: { properties: { c: { type: 'string' } } } } },
      '{"a":1,"b":{"c":1}}',
      ['instance type (integer) does not match any allowed primitive type (allowed: ["string"])'],
    ],
  ])('%j of %s', (schema, text, faults) => {
    expect(faultsOf(schema, text)).toEqual(faults);
  });

  it.each([
    [
      'date-time',
      '2026-11-23T01:02:03Z',
      '2026-02-29T01:02:03Z',
      `string "2026-02-29T01:02:03Z" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]`,
    ],
    [
      'date-time',
      '2024-02-29T23:59:59.123456+01:00',
      '2026-11-23',
      `string "2026-11-23" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]`,
    ],
    ['email', 'a.b+c@example.com', 'a@b@c', 'string "a@b@c" is not a valid email address'],
    ['email', '"a b"@example.com', 'a b@example.com', 'string "a b@example.com" is not a valid email address'],
    ['hostname', 'a-b.example.com', '-a.com', 'string "-a.com" is not a valid hostname'],
    ['ipv4', '192.0.2.1', '192.0.2.256', 'string "192.0.2.256" is not a valid IPv4 address'],
    ['ipv6', '2001:db8::1', '2001:db8::1%eth0', 'string "2001:db8::1%eth0" is not a valid IPv6 address'],
    ['regex', '^a(b|c)*$', '(', 'string "(" is not a valid ECMA 262 regular expression'],
    ['uri', 'https://example.com/a?b=%20#c', 'https://exa mple.com', 'string "https://exa mple.com" is not a valid URI'],
    ['uri', '../relative', 'http://', 'string "http://" is not a valid URI'],
    ['uri', 'http://[2001:db8::1]:80/', '1a:b', 'string "1a:b" is not a valid URI'],
    ['uuid', '123e4567-e89b-12d3-a456-426614174000', 'x', 'input string "x" is not a valid UUID'],
  ])('format %s: %s, not %s', (format, good, bad, message) => {
    expect(faultsOf({ format }, JSON.stringify(good))).toBeNull();
    expect(faultsOf({ format }, JSON.stringify(bad))).toEqual([message]);
    expect(faultsOf({ format }, '1')).toBeNull();
  });

  it('formats that are not known mean nothing', () => expect(faultsOf({ format: 'password' }, '""')).toBeNull());

  it('is told up to some thousand characters', () => {
    const faults =
      faultsOf({ items: { maxLength: 1 } }, JSON.stringify(Array.from({ length: 1000 }, () => 'x'.repeat(5000)))) ?? [];
    expect(faults.join('').length).toBeLessThan(20_000);
    expect(faults[0]).toMatch(/^string "x{990,1000}\.\.\.$/);
  });
});

it('multiples are told by the digits that are written', () => {
  const random = numbers(7);
  for (const scale of [0, 1, 2, 3, 7]) {
    const divisors = [1, 2, 5, 25, 3, 7, 125];
    for (let n = 0; n < 2000; n++) {
      const units = BigInt(divisors[random(divisors.length)] as number);
      const digits = random(scale + 3);
      const value = BigInt(random(1_000_000)) * BigInt(1 + random(1000));
      const [of, by] = [decimalText(value, digits), decimalText(units, scale)];
      const isMultiple = (value * 10n ** BigInt(scale)) % (units * 10n ** BigInt(digits)) === 0n;
      expect([of, by, faultsOf(`{"multipleOf":${by}}`, of) === null]).toEqual([of, by, isMultiple]);
    }
  }
});

function decimalText(units: bigint, digits: number): string {
  const text = String(units).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

describe('security class: names as object keys', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('%s is a name like others', (name) => {
    const key = JSON.stringify(name);
    const missing = [`object has missing required properties ([${key}])`];
    expect(faultsOf(`{"required":[${key}]}`, '{}')).toEqual(missing);
    expect(faultsOf(`{"required":[${key}]}`, `{${key}:1}`)).toBeNull();
    expect(faultsOf(`{"properties":{${key}:{"type":"integer"}}}`, '{}')).toBeNull();
    expect(faultsOf(`{"properties":{${key}:{"type":"integer"}}}`, `{${key}:"a"}`)).toHaveLength(1);
    expect(faultsOf(`{"properties":{${key}:{}},"additionalProperties":false}`, `{${key}:"a"}`)).toBeNull();
    expect(faultsOf('{"additionalProperties":false}', `{${key}:"a"}`)).toHaveLength(1);
    expect(faultsOf(`{"dependencies":{${key}:["a"]}}`, '{}')).toBeNull();
    expect(faultsOf(`{"dependencies":{"a":[${key}]}}`, '{"a":1}')).toHaveLength(1);
    expect(faultsOf(`{"definitions":{${key}:{"type":"null"}},"$ref":"#/definitions/${name}"}`, '1')).toHaveLength(1);
    expect(faultsOf(`{"format":${key}}`, '"a"')).toBeNull();
    expect(() => validatorOf(`{"$ref":"#/definitions/${name}"}`)).toThrow('leads to no schema');
  });
});

describe('at random', () => {
  it('finds the same values valid as ajv', () => {
    const ajv = new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false });
    const random = numbers(20261123);
    let valid = 0;
    for (let n = 0; n < 1500; n++) {
      const schema = randomSchema(random, 0);
      const asAjv = ajv.compile(schema as object);
      const validator = validatorOf(schema);
      for (let m = 0; m < 6; m++) {
        const text = JSON.stringify(randomValue(random, 0));
        const is = validator.faultsOf(readJson(text), text.length) === null;
        if (is) valid++;
        expect([schema, text, is]).toEqual([schema, text, asAjv(JSON.parse(text))]);
      }
      ajv.removeSchema();
    }
    expect(valid).toBeGreaterThan(1000);
    expect(valid).toBeLessThan(8000);
  });
});

type Random = (below: number) => number;

function numbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

function randomValue(random: Random, depth: number): unknown {
  switch (random(depth > 2 ? 7 : 11)) {
    case 0:
      return null;
    case 1:
      return random(2) === 0;
    case 2:
    case 3:
      return random(6) - 2;
    case 4:
      return (random(40) - 10) / 4;
    case 5:
    case 6:
      return ['', 'a', 'ab', 'abc', 'b1', '😀'][random(6)];
    case 7:
    case 8:
      return Array.from({ length: random(4) }, () => randomValue(random, depth + 1));
    default:
      return Object.fromEntries(Array.from({ length: random(4) }, () => ['abcd'[random(4)], randomValue(random, depth + 1)]));
  }
}

function randomSchema(random: Random, depth: number): unknown {
  const schema: Record<string, unknown> = {};
  const inner = () => (depth > 2 ? { type: 'integer' } : randomSchema(random, depth + 1));
  const list = (most: number) => Array.from({ length: 1 + random(most) }, inner);
  const map = () => Object.fromEntries(Array.from({ length: 1 + random(3) }, () => ['abcd'[random(4)], inner()]));
  const makers: (() => void)[] = [
    () => (schema.type = ['object', 'array', 'integer', 'number', 'string', 'boolean', 'null'][random(7)]),
    () => (schema.type = ['object', 'string']),
    () => (schema.properties = map()),
    () => (schema.required = ['abcd'[random(4)]]),
    () => (schema.additionalProperties = random(2) === 0 ? false : inner()),
    () => (schema.patternProperties = { '[ab]': inner() }),
    () => (schema.items = random(2) === 0 ? inner() : list(2)),
    () => (schema.additionalItems = random(2) === 0 ? false : inner()),
    () => (schema.minimum = random(4) - 1),
    () => Object.assign(schema, { maximum: random(4), exclusiveMaximum: random(2) === 0 }),
    () => (schema.multipleOf = [2, 0.5, 3][random(3)]),
    () => (schema.minLength = random(3)),
    () => (schema.maxLength = random(3)),
    () => (schema.pattern = ['^a', 'b', '^[a-b]+$'][random(3)]),
    () => (schema.enum = ['a', 1, null, {}]),
    () => (schema.uniqueItems = true),
    () => (schema.minItems = random(2)),
    () => (schema.maxItems = random(3)),
    () => (schema.minProperties = random(2)),
    () => (schema.maxProperties = random(3)),
    () => (schema.dependencies = { a: random(2) === 0 ? ['b'] : inner() }),
    () => (schema.anyOf = list(2)),
    () => (schema.oneOf = list(2)),
    () => (schema.allOf = list(2)),
    () => (schema.not = inner()),
  ];
  for (let n = random(4); n >= 0; n--) makers[random(makers.length)]?.();
  return schema;
}
