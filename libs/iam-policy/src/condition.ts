import { CONDITION_OPERATORS, type ValueMatcher } from './condition-operators.js';
import { MalformedPolicy } from './malformed-policy.js';
import type { PatternRules } from './policy-pattern.js';
import type { RequestContext } from './request-context.js';
import { isObject, textsOf } from './shape.js';

/** One condition of a statement: a request has to fulfil all of them. */
export type Condition = (context: RequestContext) => boolean;

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;
const KEY = /^[A-Za-z0-9-]+:\S+$/;

/** Compiles the `Condition` of a statement. Throws `MalformedPolicy` for an operator that does not exist and for values that are not of its kind. */
export function compileConditions(block: unknown, rules: PatternRules): Condition[] {
  if (block === undefined) return [];
  if (!isObject(block)) throw new MalformedPolicy('Syntax errors in policy: Condition is no object.');
  return Object.entries(block).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw new MalformedPolicy(`Syntax errors in policy: Condition ${operator} is no object.`);
    return Object.entries(keys).map(([key, values]) => {
      if (!KEY.test(key)) throw new MalformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
      return compileCondition(operator, key.toLowerCase(), textsOf(values, `Condition ${operator} ${key}`), rules);
    });
  });
}

function compileCondition(name: string, key: string, values: readonly string[], rules: PatternRules): Condition {
  if (name === 'Null') return existence(key, values);
  const [, set, operatorName = '', ifExists] = OPERATOR.exec(name) ?? [];
  const operator = CONDITION_OPERATORS.get(operatorName);
  if (!operator) throw new MalformedPolicy(`Invalid Condition type : ${name}.`);
  const matchers = values.map((value) => {
    const matcher = operator.compile(value, rules);
    if (!matcher) throw new MalformedPolicy(`Invalid value ${JSON.stringify(value)} for Condition type : ${name}.`);
    return matcher;
  });
  const fulfils: ValueMatcher = operator.negated
    ? (actual, context) => !matchers.some((matches) => matches(actual, context))
    : (actual, context) => matchers.some((matches) => matches(actual, context));
  const withoutKey = ifExists !== undefined || (set === undefined && operator.negated);
  if (set === 'ForAllValues') return (context) => listOf(context, key).every((actual) => fulfils(actual, context));
  if (set === 'ForAnyValue') {
    return (context) => {
      const actual = listOf(context, key);
      return actual.length === 0 ? withoutKey : actual.some((each) => fulfils(each, context));
    };
  }
  return (context) => {
    const actual = context.get(key);
    if (actual === undefined || actual.length === 0) return typeof actual === 'string' ? fulfils(actual, context) : withoutKey;
    if (typeof actual === 'string') return fulfils(actual, context);
    // Said of several values, a negation holds where it holds of each.
    return operator.negated ? actual.every((each) => fulfils(each, context)) : actual.some((each) => fulfils(each, context));
  };
}

/** `Null`: `true` wants the key not to be there, `false` wants it. */
function existence(key: string, values: readonly string[]): Condition {
  const wanted = values.map((value) => {
    const text = value.toLowerCase();
    if (text !== 'true' && text !== 'false')
      throw new MalformedPolicy(`Invalid value ${JSON.stringify(value)} for Condition type : Null.`);
    return text === 'true';
  });
  return (context) => wanted.includes(listOf(context, key).length === 0);
}

function listOf(context: RequestContext, key: string): readonly string[] {
  const value = context.get(key);
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
