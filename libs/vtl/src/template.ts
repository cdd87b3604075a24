import type { TemplateBindings } from './bindings/bindings.js';
import { ContextGroup } from './bindings/context.js';
import { InputObject } from './bindings/input.js';
import { StageVariablesObject } from './bindings/stage-variables.js';
import { UTIL } from './bindings/util.js';
import { compileTemplateBody } from './compile/compile-block.js';
import type { Render } from './compile/compilation.js';
import { TemplateRuntimeError, TemplateSyntaxError } from './errors.js';
import type { VtlValue } from './java/value.js';
import { DEFAULT_LIMITS, type RenderLimits } from './limits.js';
import { parseTemplate } from './parse/template-parser.js';
import { Run } from './run/run.js';
import { Stop } from './run/stop.js';

/** A mapping template, ready to be rendered any number of times; it keeps nothing of a rendering. */
export class Template {
  private readonly body: Render;

  /** @throws TemplateSyntaxError */
  constructor(text: string) {
    try {
      this.body = compileTemplateBody(parseTemplate(text));
    } catch (error) {
      throw isStackOverflow(error) ? new TemplateSyntaxError('the template is nested too deeply', { line: 1, column: 1 }) : error;
    }
  }

  /**
   * Renders it. What it overrides is in `bindings.overrides` afterwards.
   *
   * @throws TemplateBodyError when it asks for JSON of a body that is none
   * @throws TemplateRuntimeError when something that it calls fails, or it goes past a limit
   */
  render(bindings: TemplateBindings, limits: RenderLimits = DEFAULT_LIMITS): string {
    const variables = new Map<string, VtlValue>([
      ['input', new InputObject(bindings)],
      ['context', new ContextGroup(bindings.context, bindings.overrides, '')],
      ['stageVariables', new StageVariablesObject(bindings.stageVariables)],
      ['util', UTIL],
    ]);
    const run = new Run(variables, limits, bindings.body.length);
    try {
      this.body(run);
    } catch (thrown) {
      if (!(thrown instanceof Stop)) throw explained(thrown);
    }
    bindings.overrides.settle(run);
    return run.output;
  }
}

function isStackOverflow(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.startsWith('Maximum call stack');
}

/** Calls within calls that each are within their limits can be too many together. */
function explained(thrown: unknown): unknown {
  return isStackOverflow(thrown) ? new TemplateRuntimeError('The template is nested too deeply') : thrown;
}
