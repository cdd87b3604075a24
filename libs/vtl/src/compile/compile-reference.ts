import { TemplateRuntimeError } from '../errors.js';
import { ABSENT } from '../java/absent.js';
import { assignTo, itemOf, propertyOf } from '../java/access.js';
import { JavaException } from '../java/java-exception.js';
import { methodCaller } from '../java/methods.js';
import type { VtlValue } from '../java/value.js';
import type { Reference, Step } from '../parse/ast.js';
import type { Place } from '../parse/source.js';
import { BlockReference } from '../run/block-reference.js';
import type { Run } from '../run/run.js';
import type { Compilation, CompiledReference, Render } from './compilation.js';
import { compileExpression } from './compile-expression.js';

type Follow = (value: VtlValue, run: Run) => VtlValue | undefined;

/** Those whose members are absent, rather than null, where they are not there. */
const BOUND = new Set(['input', 'context', 'stageVariables']);

/** Variables of the innermost loop, while one runs. */
const LOOP_VARIABLES = new Map<string, (run: Run) => VtlValue>([
  ['velocityCount', (run) => (run.foreach === null ? run.get('velocityCount') : run.foreach.index + 1)],
  ['velocityHasNext', (run) => (run.foreach === null ? run.get('velocityHasNext') : run.foreach.hasNext)],
]);

export function compileReference(reference: Reference, compilation: Compilation): CompiledReference {
  const { root, steps } = reference;
  const follows = steps.map((step) => compileStep(step, reference, compilation));
  return { value: valueThrough(root, follows), assign: assignment(reference, follows, compilation) };
}

function valueThrough(root: string, follows: readonly Follow[]): (run: Run) => VtlValue {
  const [only, second] = follows;
  if (only === undefined) return LOOP_VARIABLES.get(root) ?? ((run) => run.get(root));
  if (BOUND.has(root)) return (run) => throughAll(root, follows, run) ?? ABSENT;
  if (second === undefined) {
    return (run) => {
      const value = run.get(root);
      return value === null ? null : (only(value, run) ?? null);
    };
  }
  return (run) => throughAll(root, follows, run);
}

function throughAll(root: string, follows: readonly Follow[], run: Run): VtlValue {
  let value = run.get(root);
  for (let n = 0; n < follows.length; n++) {
    if (value === null) return null;
    value = (follows[n] as Follow)(value, run) ?? null;
  }
  return value;
}

function compileStep(step: Step, reference: Reference, compilation: Compilation): Follow {
  switch (step.kind) {
    case 'property': {
      const { name } = step;
      return (value, run) => {
        run.step();
        return propertyOf(value, name, run);
      };
    }
    case 'index': {
      const index = compileExpression(step.index, compilation);
      return (value, run) => {
        run.step();
        return guarded(() => itemOf(value, index(run), run), `${reference.literal}: get`, step.place);
      };
    }
    case 'method':
      return compileMethod(step, compilation);
  }
}

function compileMethod(step: Extract<Step, { kind: 'method' }>, compilation: Compilation): Follow {
  const args = step.args.map((arg) => compileExpression(arg, compilation));
  const call = methodCaller(step.name);
  const none: VtlValue[] = [];
  return (value, run) => {
    run.step();
    const given = args.length === 0 ? none : args.map((arg) => arg(run));
    try {
      return call(value, given, run);
    } catch (error) {
      throw failure(error, step.name, step.place);
    }
  };
}

function guarded<Result>(work: () => Result, method: string, place: Place): Result {
  try {
    return work();
  } catch (error) {
    throw failure(error, method, place);
  }
}

/** What a Java method threw ends the rendering. */
function failure(error: unknown, method: string, place: Place): unknown {
  if (!(error instanceof JavaException)) return error;
  return new TemplateRuntimeError(
    `Invocation of method '${method}' in class ${error.javaClass} threw exception ${error.message} at ${place}`,
  );
}

function assignment(
  { root, steps, literal }: Reference,
  follows: readonly Follow[],
  compilation: Compilation,
): CompiledReference['assign'] {
  const last = steps.at(-1);
  if (last === undefined) return (run, value) => run.set(root, value);
  const owner = valueThrough(root, follows.slice(0, -1));
  const key = last.kind === 'index' ? compileExpression(last.index, compilation) : () => last.name;
  return (run, value) => {
    const target = owner(run);
    if (target !== null) guarded(() => assignTo(target, key(run), value, run), `${literal}: set`, last.place);
  };
}

/** Prints a reference, or how it is written where it leads nowhere. Backslashes before it take its meaning away, in pairs they are themselves. */
export function compilePrint(reference: Reference, compilation: Compilation): Render {
  const { backslashes, isQuiet, literal, root, steps } = reference;
  const { value } = compileReference(reference, compilation);
  const prefix = '\\'.repeat(backslashes >> 1);
  if (backslashes % 2 === 1) return (run) => run.write(prefix + (value(run) === null ? '\\' : '') + literal);
  const isArgument = steps.length === 0 && literal === `$${root}`;
  return (run) => {
    const found = value(run);
    if (found instanceof BlockReference && found.render(run, prefix)) return;
    const text = found === null || found instanceof BlockReference ? null : run.print(found);
    if (text !== null) run.write(prefix + text);
    else run.write(prefix + prefix + (isQuiet ? '' : isArgument ? (run.frame?.literal(root) ?? literal) : literal));
  };
}
