import type { RequestContext } from './request-context.js';
import { Wildcards, WildcardsBuilder } from './wildcards.js';

/** `${aws:username}`, `${aws:username, 'somebody'}`, and `${*}`, `${?}`, `${$}`, which stand for those characters themselves. */
const VARIABLE = /\$\{([*?$]|[A-Za-z0-9-]+:[^,{}'"\s]+)(?:\s*,\s*'([^']*)')?\}/g;

type Part = { text: string } | { literal: string } | { variable: string; otherwise: string | undefined };

/** How the texts of one policy are read. */
export interface PatternRules {
  /** Policies of version 2012-10-17 have variables; older ones mean `${...}` as it is written. */
  variables: boolean;
}

/** A text of a policy with which one of the request's is compared. */
export interface PolicyPattern {
  /** False, too, where it has a variable without a value for this request. */
  matches(text: string, context: RequestContext): boolean;
}

/** A text with wildcards (`*`, `?`) and variables, in which wildcards that a variable's value brings are characters like others. */
export function wildcardPattern(text: string, rules: PatternRules): PolicyPattern {
  const parts = partsOf(text, rules);
  if (!parts) return Wildcards.of(text);
  return {
    matches(actual, context) {
      const builder = new WildcardsBuilder();
      for (const part of parts) {
        if ('text' in part) {
          builder.pattern(part.text);
          continue;
        }
        const value = valueOf(part, context);
        if (value === undefined) return false;
        builder.literal(value);
      }
      return builder.build().matches(actual);
    },
  };
}

/** A text with variables and without wildcards. */
export function exactPattern(text: string, rules: PatternRules): PolicyPattern {
  const parts = partsOf(text, rules);
  if (!parts) return { matches: (actual) => actual === text };
  return {
    matches(actual, context) {
      let expected = '';
      for (const part of parts) {
        const value = 'text' in part ? part.text : valueOf(part, context);
        if (value === undefined) return false;
        expected += value;
      }
      return actual === expected;
    },
  };
}

function valueOf(part: Exclude<Part, { text: string }>, context: RequestContext): string | undefined {
  if ('literal' in part) return part.literal;
  const value = context.get(part.variable);
  // A key with several values cannot stand for one text.
  return typeof value === 'string' ? value : value?.length === 1 ? value[0] : part.otherwise;
}

/** Undefined where the text has no variable. */
function partsOf(text: string, { variables }: PatternRules): Part[] | undefined {
  if (!variables || !text.includes('${')) return undefined;
  const parts: Part[] = [];
  let from = 0;
  for (const found of text.matchAll(VARIABLE)) {
    const [whole, name = '', otherwise] = found;
    parts.push({ text: text.slice(from, found.index) });
    parts.push(name.length === 1 ? { literal: name } : { variable: name.toLowerCase(), otherwise });
    from = found.index + whole.length;
  }
  if (from === 0) return undefined;
  parts.push({ text: text.slice(from) });
  return parts;
}
