import { isJavaNumber, numberOf } from '@gatehouse/json-path';
import { operate } from '../java/arithmetic.js';
import { putInto } from '../java/equality.js';
import { JavaList, VtlObject, type VtlMap, type VtlValue } from '../java/value.js';
import type { Expression } from '../parse/ast.js';
import type { Run } from '../run/run.js';
import type { Compilation } from './compilation.js';

/** Gives the value of an expression; null where it has none. */
export type Evaluate = (run: Run) => VtlValue;
export type Test = (run: Run) => boolean;

export function compileExpression(expression: Expression, compilation: Compilation): Evaluate {
  const compile = (inner: Expression) => compileExpression(inner, compilation);
  switch (expression.kind) {
    case 'text':
    case 'number':
    case 'boolean': {
      const { value } = expression;
      return () => value;
    }
    case 'interpolated': {
      const render = compilation.block(expression.body);
      return (run) => run.text(run.capture(render));
    }
    case 'reference':
      return compilation.reference(expression.reference).value;
    case 'range':
      return range(compile(expression.from), compile(expression.to));
    case 'list': {
      const items = expression.items.map(compile);
      return (run) => {
        run.step(items.length);
        return new JavaList(items.map((item) => item(run)));
      };
    }
    case 'map':
      return map(expression.entries.map(({ key, value }) => [compile(key), compile(value)]));
    case 'binary': {
      const [left, right, { operator }] = [compile(expression.left), compile(expression.right), expression];
      if (operator !== '+') return (run) => operate(operator, left(run), right(run), run);
      const [leftLiteral, rightLiteral] = [literalOf(expression.left), literalOf(expression.right)];
      return (run) => {
        const [first, second] = [left(run), right(run)];
        // Beside a text, what leads nowhere is how it is written.
        if (first === null && typeof second === 'string') return run.text(leftLiteral + second);
        if (second === null && typeof first === 'string') return run.text(first + rightLiteral);
        return operate(operator, first, second, run);
      };
    }
    case 'and':
    case 'or':
    case 'not':
      return compileTest(expression, compilation);
  }
}

/** How a reference is written; other expressions are not printed so. */
function literalOf(expression: Expression): string {
  return expression.kind === 'reference' ? expression.reference.literal : '';
}

/** As a condition. A literal is none, and so is what arithmetic gives: both are false. Source: Velocity 1.7, SimpleNode.evaluate. */
export function compileTest(expression: Expression, compilation: Compilation): Test {
  switch (expression.kind) {
    case 'boolean': {
      const { value } = expression;
      return () => value;
    }
    case 'reference': {
      const { value } = compilation.reference(expression.reference);
      return (run) => isTrue(value(run), run);
    }
    case 'and': {
      const [left, right] = [compileTest(expression.left, compilation), compileTest(expression.right, compilation)];
      return (run) => left(run) && right(run);
    }
    case 'or': {
      const [left, right] = [compileTest(expression.left, compilation), compileTest(expression.right, compilation)];
      return (run) => left(run) || right(run);
    }
    case 'not': {
      const operand = compileTest(expression.operand, compilation);
      return (run) => !operand(run);
    }
    case 'binary': {
      if (['+', '-', '*', '/', '%'].includes(expression.operator)) return () => false;
      const value = compileExpression(expression, compilation);
      return (run) => value(run) === true;
    }
    default:
      return () => false;
  }
}

/** Everything is true but null and false; empty texts, empty lists and zero are true. */
function isTrue(value: VtlValue, run: Run): boolean {
  run.step();
  if (value === null || value === false) return false;
  return !(value instanceof VtlObject) || value.isTrue;
}

function range(from: Evaluate, to: Evaluate): Evaluate {
  return (run) => {
    const [first, last] = [from(run), to(run)];
    if (!isJavaNumber(first) || !isJavaNumber(last)) return null;
    const [start, end] = [Math.trunc(numberOf(first)), Math.trunc(numberOf(last))];
    const length = Math.abs(end - start) + 1;
    run.room(length);
    run.step(length);
    const step = start > end ? -1 : 1;
    return new JavaList(Array.from({ length }, (_, n) => start + n * step));
  };
}

function map(entries: readonly (readonly [key: Evaluate, value: Evaluate])[]): Evaluate {
  return (run) => {
    run.step(entries.length);
    const result: VtlMap = new Map();
    for (const [key, value] of entries) putInto(result, key(run), value(run), run);
    return result;
  };
}
