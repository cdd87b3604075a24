import type { PolicyDocument } from './principal.entity.js';

export type Decision = 'allowed' | 'explicit deny' | 'implicit deny';

/**
 * Evaluates identity policies as IAM does: an explicit deny wins, then an allow; what nothing speaks of is denied. Actions are compared
 * without regard to letter case, resources with it. Source: IAM user guide, "Policy evaluation logic".
 */
export function evaluate(policies: readonly PolicyDocument[], action: string, resource: string): Decision {
  let decision: Decision = 'implicit deny';
  for (const { Statement: statements } of policies) {
    for (const { Effect: effect, Action: actions, Resource: resources } of statements) {
      const applies =
        actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
        resources.some((pattern) => matches(pattern, resource));
      if (!applies) continue;
      if (effect === 'Deny') return 'explicit deny';
      decision = 'allowed';
    }
  }
  return decision;
}

/**
 * Whether the whole text fits a pattern in which `*` stands for any characters, none included, and `?` for one. Goes back to the latest `*`
 * only, so its time is bounded by the product of both lengths whatever the pattern.
 */
export function matches(pattern: string, text: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let resumeAt = 0;
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next++;
      resumeAt = at;
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      at++;
      next++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[next] === '*') next++;
  return next === pattern.length;
}
