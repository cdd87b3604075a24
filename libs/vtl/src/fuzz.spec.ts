import { describe, expect, it } from 'vitest';
import { VtlError } from './index.js';
import { render } from './rendering.fixture.js';

/** Templates of each kind. A longer run: `FUZZ_ROUNDS=1000000 npx vitest run --project unit libs/vtl/src/fuzz.spec.ts`. */
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 3000);
const LIMITS = { steps: 100_000, time: 2000, textLength: 20_000 };
const BODIES = [
  '',
  '{}',
  '{"a":[1,2.5,"x",null,{"b":true}],"c":12345678901}',
  '[[[]]]',
  'text',
  '{"a":',
  '{"__proto__":{"x":1}}',
];

/** mulberry32: the same numbers for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const PIECES = [
  ...[
    '$',
    '#',
    '\\',
    '!',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '"',
    "'",
    ',',
    ':',
    '.',
    '..',
    '=',
    '==',
    '&&',
    '||',
    '<',
    '>=',
    '+',
    '-',
    '*',
    '/',
    '%',
    ' ',
    '\n',
    '\r\n',
  ],
  ...[
    '#if(',
    '#elseif(',
    '#else',
    '#{else}',
    '#end',
    '#set($a = ',
    '#foreach($i in ',
    '#macro(m $x)',
    '#m(',
    '#@m()',
    '#define($d)',
    '#break',
    '#stop',
    '##',
    '#*',
    '*#',
    '#[[',
    ']]#',
    '#literal()',
    '#include(',
  ],
  ...['$a', '${a}', '$!a', '$!{a.b}', '$i', '$d', '$x', '$foreach.index', '$foreach.parent', '$velocityCount', '$bodyContent'],
  ...[
    '$input.path("$.a")',
    '$input.json("$")',
    '$input.body',
    '$input.params()',
    '$context.requestId',
    '$context.requestOverride.header',
    '$stageVariables.s',
    '$util.parseJson("{a:1}")',
    '$util.escapeJavaScript($a)',
    '$util.urlDecode("%zz")',
  ],
  ...[
    '.length()',
    '.substring(1)',
    '.replaceAll("(a|b)*", "$0")',
    '.split(",")',
    '.get(0)',
    '[0]',
    '["a"]',
    '.put("a", $a)',
    '.add($a)',
    '.keySet()',
    '.entrySet()',
    '.toString()',
    '.constructor',
    '.__proto__',
    '.class',
    '.format("%s", 1)',
    '.matches("(x+)+y")',
  ],
  ...[
    'true',
    'false',
    'null',
    '1',
    '-1',
    '1.5',
    '1e400',
    '99999999999999999999',
    '"text $a"',
    "'raw'",
    '[1..3]',
    '[1, "b", $a]',
    '{"k": $a}',
    'and',
    'not',
    'in',
    'eq',
  ],
];

function soup(pick: (below: number) => number): string {
  return Array.from({ length: 1 + pick(25) }, () => PIECES[pick(PIECES.length)]).join('');
}

function expression(pick: (below: number) => number, depth: number): string {
  const inner = () => expression(pick, depth - 1);
  if (depth <= 0) return ['1', '"t$a"', "'r'", '$a', '$i', 'true', '2.5', '$input.path("$.a")', '$x.length()'][pick(9)] as string;
  const operator = ['+', '-', '*', '/', '%', '==', '!=', '<', '>=', '&&', '||'][pick(11)];
  const forms = [
    () => inner(),
    () => `(${inner()} ${operator} ${inner()})`,
    () => `!${inner()}`,
    () => `[${inner()}, ${inner()}]`,
    () => `{"k": ${inner()}, ${inner()}: 1}`,
    () => `[${pick(5)}..${pick(5)}]`,
    () =>
      `$a.${['size', 'get', 'add', 'put', 'equals', 'contains', 'replaceAll', 'substring', 'concat', 'remove', 'addAll', 'hashCode', 'compareTo', 'indexOf'][pick(14)]}(${['', inner(), `${inner()}, ${inner()}`][pick(3)]})`,
    () => `$a[${inner()}]`,
  ];
  return (forms[pick(forms.length)] as () => string)();
}

function statement(pick: (below: number) => number, depth: number): string {
  const inner = () => (depth <= 0 ? 't' : Array.from({ length: 1 + pick(3) }, () => statement(pick, depth - 1)).join(''));
  const value = () => expression(pick, 2);
  const forms = [
    () => `text ${['\n', '  ', '$', '#', '\\'][pick(5)]}`,
    () => `#set($${['a', 'b', 'i', 'foreach', 'input'][pick(5)]} = ${value()})`,
    () => `#set($a.k = ${value()})#set($a[0] = ${value()})`,
    () => `#if(${value()})${inner()}#elseif(${value()})${inner()}#else${inner()}#end`,
    () => `#foreach($i in ${value()})${inner()}#if($foreach.hasNext),#end#end`,
    () => `#macro(m${pick(3)} $x $y)${inner()}$x$!y#end`,
    () => `#m${pick(3)}(${['$a', '"q"', '[1]', '$i.b'][pick(4)]})`,
    () => `#@m${pick(3)}()${inner()}#end`,
    () => `#define($d)${inner()}#end$d`,
    () => ['#break', '#stop', '#[[ $raw ]]#', '## c\n', '#* c *#'][pick(5)] as string,
    () => `$!a ${'\\'.repeat(pick(3))}$a \${b} $i.k $d`,
  ];
  return (forms[pick(forms.length)] as () => string)();
}

function survives(template: string, body: string): void {
  let output = '';
  try {
    output = render(template, { body, stageVariables: { s: 'v' } }, LIMITS);
  } catch (error) {
    if (!(error instanceof VtlError))
      throw new Error(`${JSON.stringify(template)} over ${JSON.stringify(body)}`, { cause: error });
  }
  // What JavaScript prints of its own objects.
  if (/\[object |function|undefined/.test(output)) throw new Error(`${JSON.stringify(template)} prints ${output}`);
}

const prototypes = () =>
  [Object.prototype, Array.prototype, Map.prototype, String.prototype].map((one) => Reflect.ownKeys(one).length);

describe('security class: templates (whatever is written, nothing but a VtlError is thrown, and nothing hangs or leaks)', () => {
  it.each([
    ['pieces in any order', soup],
    [
      'templates that are well formed',
      (pick: (below: number) => number) => Array.from({ length: 1 + pick(5) }, () => statement(pick, 3)).join(''),
    ],
  ])('%s', { timeout: 20_000 + ROUNDS * 20 }, (name, make) => {
    const before = prototypes();
    const pick = random(name.length);
    let slowest = 0;
    for (let n = 0; n < ROUNDS; n++) {
      const start = performance.now();
      survives(make(pick), BODIES[pick(BODIES.length)] as string);
      slowest = Math.max(slowest, performance.now() - start);
    }
    expect(prototypes()).toEqual(before);
    // It is 2 s at most by its own clock.
    expect(slowest).toBeLessThan(6000);
  });

  it('well-formed templates with a piece changed', { timeout: 20_000 + ROUNDS * 20 }, () => {
    const pick = random(42);
    for (let n = 0; n < ROUNDS; n++) {
      const template = statement(pick, 3);
      const at = pick(template.length);
      survives(
        template.slice(0, at) + PIECES[pick(PIECES.length)] + template.slice(at + pick(3)),
        BODIES[pick(BODIES.length)] as string,
      );
    }
  });
});
