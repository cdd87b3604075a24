import { arnPattern } from './arn-pattern.js';
import type { RequestContext } from './request-context.js';
import { ipRange } from './ip-range.js';
import { exactPattern, wildcardPattern, type PatternRules } from './policy-pattern.js';

/** Whether a value of the request fits a value of the policy. */
export type ValueMatcher = (actual: string, context: RequestContext) => boolean;

interface ConditionOperator {
  /** Holds where none of the policy's values fits. */
  negated: boolean;
  /** Undefined when the policy's value is none of the operator's kind. */
  compile(value: string, rules: PatternRules): ValueMatcher | undefined;
}

type Compile = ConditionOperator['compile'];

const stringEquals: Compile = (value, rules) => {
  const pattern = exactPattern(value, rules);
  return (actual, context) => pattern.matches(actual, context);
};

const stringEqualsIgnoreCase: Compile = (value, rules) => {
  const pattern = exactPattern(value.toLowerCase(), rules);
  // A variable's value is the request's, so that its case is taken away from it as well.
  return (actual, context) => pattern.matches(actual.toLowerCase(), lowerCase(context));
};

const stringLike: Compile = (value, rules) => {
  const pattern = wildcardPattern(value, rules);
  return (actual, context) => pattern.matches(actual, context);
};

const arnLike: Compile = (value, rules) => {
  const pattern = arnPattern(value, rules);
  return pattern && ((actual, context) => pattern.matches(actual, context));
};

const bool: Compile = (value) => {
  const expected = value.toLowerCase();
  return expected === 'true' || expected === 'false' ? (actual) => actual.toLowerCase() === expected : undefined;
};

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const binary: Compile = (value) => (BASE64.test(value) ? (actual) => actual === value : undefined);

/** An operator that compares what `read` makes of both values; undefined from it is a value of another kind. */
const comparing =
  (read: (text: string) => number | undefined) =>
  (holds: (actual: number, expected: number) => boolean): Compile =>
  (value) => {
    const expected = read(value);
    if (expected === undefined) return undefined;
    return (text) => {
      const actual = read(text);
      return actual !== undefined && holds(actual, expected);
    };
  };

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;
const readNumber = (text: string) => (NUMBER.test(text) ? Number(text) : undefined);

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;

/** Milliseconds since 1970 of a date of ISO 8601, or of seconds since 1970. */
function readDate(text: string): number | undefined {
  if (/^\d{1,12}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const time = DATE.test(text) ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

const number = comparing(readNumber);
const date = comparing(readDate);
const positive = (compile: Compile): ConditionOperator => ({ negated: false, compile });
const negated = (compile: Compile): ConditionOperator => ({ negated: true, compile });

type Comparison = (actual: number, expected: number) => boolean;

function comparisons(kind: 'Numeric' | 'Date', compiled: (holds: Comparison) => Compile): [string, ConditionOperator][] {
  const equals = compiled((actual, expected) => actual === expected);
  return [
    [`${kind}Equals`, positive(equals)],
    [`${kind}NotEquals`, negated(equals)],
    [`${kind}LessThan`, positive(compiled((actual, expected) => actual < expected))],
    [`${kind}LessThanEquals`, positive(compiled((actual, expected) => actual <= expected))],
    [`${kind}GreaterThan`, positive(compiled((actual, expected) => actual > expected))],
    [`${kind}GreaterThanEquals`, positive(compiled((actual, expected) => actual >= expected))],
  ];
}

/** All operators but `Null`, which asks for a key and not for its value. Source: IAM user guide, "IAM JSON policy elements: Condition operators". */
export const CONDITION_OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ['StringEquals', positive(stringEquals)],
  ['StringNotEquals', negated(stringEquals)],
  ['StringEqualsIgnoreCase', positive(stringEqualsIgnoreCase)],
  ['StringNotEqualsIgnoreCase', negated(stringEqualsIgnoreCase)],
  ['StringLike', positive(stringLike)],
  ['StringNotLike', negated(stringLike)],
  ...comparisons('Numeric', number),
  ...comparisons('Date', date),
  ['Bool', positive(bool)],
  ['BinaryEquals', positive(binary)],
  ['IpAddress', positive((value) => ipRange(value))],
  ['NotIpAddress', negated((value) => ipRange(value))],
  ['ArnEquals', positive(arnLike)],
  ['ArnLike', positive(arnLike)],
  ['ArnNotEquals', negated(arnLike)],
  ['ArnNotLike', negated(arnLike)],
]);

function lowerCase(context: RequestContext): RequestContext {
  return {
    get(key) {
      const value = context.get(key);
      return typeof value === 'string' ? value.toLowerCase() : value?.map((each) => each.toLowerCase());
    },
  };
}
