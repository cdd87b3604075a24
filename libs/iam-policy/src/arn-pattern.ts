import type { RequestContext } from './request-context.js';
import { wildcardPattern, type PatternRules, type PolicyPattern } from './policy-pattern.js';

const COMPONENTS = 6;

/**
 * An ARN with wildcards, each of whose six components is compared for itself, so that no asterisk reaches over a colon but in the last. Undefined when the
 * text is no ARN. Source: IAM user guide, "ARN condition operators".
 */
export function arnPattern(text: string, rules: PatternRules): PolicyPattern | undefined {
  const components = componentsOf(text)?.map((component) => wildcardPattern(component, rules));
  if (!components) return undefined;
  return {
    matches(actual: string, context: RequestContext): boolean {
      const given = componentsOf(actual);
      return given !== undefined && components.every((component, at) => component.matches(given[at] ?? '', context));
    },
  };
}

/** Colons inside `${aws:x}` are none between components. */
function componentsOf(text: string): string[] | undefined {
  const components: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length && components.length < COMPONENTS - 1; at++) {
    const character = text[at];
    if (character === '{' && text[at - 1] === '$') depth++;
    else if (character === '}' && depth > 0) depth--;
    else if (character === ':' && depth === 0) {
      components.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return components.length === COMPONENTS - 1 ? [...components, text.slice(from)] : undefined;
}
