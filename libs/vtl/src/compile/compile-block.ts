import { TemplateRuntimeError, TemplateSyntaxError } from '../errors.js';
import { iteratorOf } from '../java/access.js';
import type { VtlValue } from '../java/value.js';
import { MOST_DEFINE_DEPTH, MOST_MACRO_DEPTH } from '../limits.js';
import type { Block, Expression, MacroCall, Statement } from '../parse/ast.js';
import type { ParsedTemplate } from '../parse/template-parser.js';
import { BlockReference } from '../run/block-reference.js';
import { ForeachScope } from '../run/foreach-scope.js';
import { type MacroArgument, MacroFrame } from '../run/macro-frame.js';
import type { Run } from '../run/run.js';
import { BREAK, ends, Stop, STOP } from '../run/stop.js';
import type { Compilation, CompiledMacro, Render } from './compilation.js';
import { compileExpression, compileTest } from './compile-expression.js';
import { compilePrint, compileReference } from './compile-reference.js';

/** Makes a function of a template. */
export function compileTemplateBody({ body, macros }: ParsedTemplate): Render {
  const compiledMacros = new Map<string, CompiledMacro>();
  const compilation: Compilation = {
    block: (block) => compileBlock(block, compilation),
    reference: (reference) => compileReference(reference, compilation),
    hasMacro: (name) => macros.has(name),
    macro: (name) => compiledMacros.get(name) as CompiledMacro,
  };
  for (const [name, macro] of macros) {
    compiledMacros.set(name, { parameters: macro.parameters, render: compilation.block(macro.body) });
  }
  return compilation.block(body);
}

function compileBlock(block: Block, compilation: Compilation): Render {
  const statements = block.map((statement) => compileStatement(statement, compilation));
  if (statements.length === 1) return statements[0] as Render;
  return (run) => {
    for (let n = 0; n < statements.length; n++) (statements[n] as Render)(run);
  };
}

function compileStatement(statement: Statement, compilation: Compilation): Render {
  switch (statement.kind) {
    case 'text': {
      const { text } = statement;
      return (run) => {
        run.step();
        run.write(text);
      };
    }
    case 'print':
      return compilePrint(statement.reference, compilation);
    case 'set': {
      const { assign } = compileReference(statement.target, compilation);
      const value = compileExpression(statement.value, compilation);
      return (run) => {
        const result = value(run);
        // Source: Velocity 1.7, directive.set.null.allowed is off.
        if (result !== null) assign(run, result);
      };
    }
    case 'if':
      return condition(statement, compilation);
    case 'foreach':
      return foreach(statement.variable, compileExpression(statement.list, compilation), compilation.block(statement.body));
    case 'define': {
      const { variable } = statement;
      const render = compilation.block(statement.body);
      return (run) => run.set(variable, new BlockReference(render, MOST_DEFINE_DEPTH));
    }
    case 'call':
      return call(statement.call, compilation);
    case 'break':
      return breakOf(statement, compilation);
    case 'stop':
      return () => {
        throw STOP;
      };
  }
}

function condition({ branches, otherwise }: Extract<Statement, { kind: 'if' }>, compilation: Compilation): Render {
  const compiled = branches.map(({ condition, body }) => ({
    test: compileTest(condition, compilation),
    render: compilation.block(body),
  }));
  const last = otherwise === null ? null : compilation.block(otherwise);
  return (run) => {
    for (const { test, render } of compiled) {
      run.step();
      if (test(run)) return render(run);
    }
    last?.(run);
  };
}

function breakOf({ scope }: Extract<Statement, { kind: 'break' }>, compilation: Compilation): Render {
  const named = scope === null ? null : compileReference(scope, compilation);
  return (run) => {
    const value = named?.value(run);
    throw value instanceof ForeachScope ? new Stop(value) : BREAK;
  };
}

function foreach(variable: string, list: (run: Run) => VtlValue, render: Render): Render {
  return (run) => {
    const iterator = iteratorOf(list(run), run);
    if (iterator === undefined) return;
    const before = run.get(variable);
    const scope = new ForeachScope(run.foreach);
    run.foreach = scope;
    try {
      rounds(iterator, scope, variable, render, run);
    } catch (thrown) {
      if (!ends(thrown, scope)) throw thrown;
    } finally {
      run.foreach = scope.parent;
      run.set(variable, before);
    }
  };
}

function rounds(iterator: Iterator<VtlValue>, scope: ForeachScope, variable: string, render: Render, run: Run): void {
  const { loopRounds, totalRounds } = run.limits;
  for (let next = iterator.next(); next.done !== true && scope.index + 1 < loopRounds;) {
    if (++run.rounds > totalRounds) throw new TemplateRuntimeError(`The template runs its loops more than ${totalRounds} times`);
    run.step();
    const { value } = next;
    next = iterator.next();
    scope.index++;
    scope.hasNext = next.done !== true;
    run.set(variable, value);
    render(run);
  }
}

function call({ name, args, bareWord, body, literal, place }: MacroCall, compilation: Compilation): Render {
  const values = args.map((arg) => ({ value: compileExpression(arg, compilation), literal: literalOf(arg) }));
  const renderBody = body === null ? null : compilation.block(body);
  if (!compilation.hasMacro(name)) return (run) => run.write(literal);
  if (bareWord !== null) throw new TemplateSyntaxError(`#${name} has a word as argument`, bareWord.position);
  return (run) => {
    run.step();
    const macro = compilation.macro(name);
    const outer = run.frame;
    const depth = (outer?.depth ?? 0) + 1;
    if (depth > MOST_MACRO_DEPTH) {
      throw new TemplateRuntimeError(`Macros call one another deeper than ${MOST_MACRO_DEPTH} at ${place}`);
    }
    const given = new Map<string, MacroArgument>();
    for (let n = 0; n < macro.parameters.length && n < values.length; n++) {
      given.set(macro.parameters[n] as string, values[n] as MacroArgument);
    }
    if (renderBody !== null) {
      const reference = new BlockReference(renderBody, MOST_MACRO_DEPTH);
      given.set('bodyContent', { value: () => reference, literal: '$bodyContent' });
    }
    run.frame = new MacroFrame(outer, depth, given);
    try {
      macro.render(run);
    } catch (thrown) {
      if (!ends(thrown, macro)) throw thrown;
    } finally {
      run.frame = outer;
    }
  };
}

function literalOf(arg: Expression): string {
  if (arg.kind === 'reference') return arg.reference.literal;
  return arg.kind === 'interpolated' ? arg.literal : '';
}
