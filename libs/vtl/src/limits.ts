/** What one rendering may take. */
export interface RenderLimits {
  /** Rounds of one #foreach; the loop ends there without an error. Source: AWS quota "iterations in a #foreach loop". */
  loopRounds: number;
  /** Rounds of all #foreach together. */
  totalRounds: number;
  /** UTF-16 units of the output, and of any text on the way to it, beyond twice the body: a template may pass on a body of any size. */
  textLength: number;
  /** Elements of one list, members of one map. */
  elements: number;
  /** Deterministic: nodes of the template that are run, characters and elements that methods look at. */
  steps: number;
  /** Milliseconds; looked at now and then. */
  time: number;
}

export const DEFAULT_LIMITS: RenderLimits = {
  loopRounds: 1000,
  totalRounds: 50_000,
  textLength: 300 * 1024,
  elements: 100_000,
  steps: 2_000_000,
  time: 1000,
};

/** UTF-16 units of a template's text. Source: AWS quota "mapping template size". */
export const MOST_TEMPLATE_LENGTH = 300 * 1024;
/** Blocks, brackets, lists and texts in quotes within one another. */
export const MOST_PARSE_DEPTH = 100;
/** Operators of one expression, which are one within another. */
export const MOST_OPERATORS = 1000;
/** Source: Velocity 1.7, velocimacro.max.depth. */
export const MOST_MACRO_DEPTH = 20;
/** A #define that mentions itself. Source: Velocity 1.7, directive.define's depth. */
export const MOST_DEFINE_DEPTH = 2;
/** Values within one another that are printed, compared or hashed. */
export const MOST_VALUE_DEPTH = 450;
