import { compileConditions, type Condition } from './condition.js';
import { MalformedPolicy } from './malformed-policy.js';
import type { PolicyKind } from './policy-kind.js';
import { wildcardPattern, type PatternRules, type PolicyPattern } from './policy-pattern.js';
import type { PolicyRequest } from './policy-request.js';
import { compilePrincipal, type PrincipalMatch, type PrincipalMatcher } from './principal.js';
import { isObject, textsOf } from './shape.js';
import { Wildcards } from './wildcards.js';

const MEMBERS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** One statement of a policy, compiled. */
export class Statement {
  private constructor(
    readonly denies: boolean,
    private readonly principal: PrincipalMatcher | null,
    /** `NotPrincipal`, `NotAction`, `NotResource`: the list says whom and what it does not speak of. */
    private readonly negates: { principal: boolean; action: boolean; resource: boolean },
    /** In lower case. */
    private readonly actions: readonly Wildcards[],
    private readonly resources: readonly PolicyPattern[],
    private readonly conditions: readonly Condition[],
  ) {}

  /** Throws `MalformedPolicy`. */
  static compile(value: unknown, kind: PolicyKind, rules: PatternRules): Statement {
    if (!isObject(value)) throw new MalformedPolicy('Syntax errors in policy: a Statement is no object.');
    for (const name of Object.keys(value)) {
      if (!MEMBERS.has(name)) throw new MalformedPolicy(`Syntax errors in policy: unknown element ${JSON.stringify(name)}.`);
    }
    const { Sid: sid, Effect: effect, Condition: conditions } = value;
    if (sid !== undefined && typeof sid !== 'string') throw new MalformedPolicy('Syntax errors in policy: Sid is no text.');
    if (effect !== 'Allow' && effect !== 'Deny')
      throw new MalformedPolicy(`Invalid effect: ${JSON.stringify(effect) ?? 'none'}.`);
    const principal = principalOf(value, kind);
    const action = oneOf(value, 'Action', 'NotAction', 'Policy statement must contain actions.');
    const resource = oneOf(value, 'Resource', 'NotResource', 'Policy statement must contain resources.');
    return new Statement(
      effect === 'Deny',
      principal && compilePrincipal(principal.value),
      { principal: principal?.negated ?? false, action: action.negated, resource: resource.negated },
      textsOf(action.value, 'Action').map(compileAction),
      textsOf(resource.value, 'Resource').map((text) => compileResource(text, rules)),
      compileConditions(conditions, rules),
    );
  }

  /** Whether it speaks of the request. `action` is the request's in lower case. */
  applies(request: PolicyRequest, action: string): boolean {
    return (
      this.actions.some((pattern) => pattern.matches(action)) !== this.negates.action &&
      this.resources.some((pattern) => pattern.matches(request.resource, request.context)) !== this.negates.resource &&
      this.concerns(request) &&
      this.conditions.every((holds) => holds(request.context))
    );
  }

  private concerns({ principal, accountGrants }: PolicyRequest): boolean {
    if (!this.principal) return true;
    const match: PrincipalMatch = this.principal(principal);
    if (this.negates.principal) return match === 'none';
    return match === 'named' || (match === 'account' && (this.denies || accountGrants));
  }
}

function principalOf(statement: Record<string, unknown>, kind: PolicyKind): { value: unknown; negated: boolean } | null {
  const has = statement['Principal'] !== undefined || statement['NotPrincipal'] !== undefined;
  if (kind === 'resource') return oneOf(statement, 'Principal', 'NotPrincipal', 'Missing required field Principal');
  if (has) throw new MalformedPolicy('Policy document should not specify a principal.');
  return null;
}

/** The one of two members of which a statement must have exactly one. */
function oneOf(statement: Record<string, unknown>, name: string, negation: string, missing: string) {
  const positive = statement[name];
  const negative = statement[negation];
  if (positive !== undefined && negative !== undefined) {
    throw new MalformedPolicy(`Syntax errors in policy: ${name} and ${negation} in one statement.`);
  }
  if (positive === undefined && negative === undefined) throw new MalformedPolicy(missing);
  return { value: positive ?? negative, negated: positive === undefined };
}

function compileAction(text: string): Wildcards {
  if (text !== '*' && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(text)) {
    throw new MalformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  return Wildcards.of(text.toLowerCase());
}

function compileResource(text: string, rules: PatternRules): PolicyPattern {
  if (text !== '*' && !/^arn:(?:[^:]*:){4}/.test(text.replace(/\$\{[^}]*\}/g, ''))) {
    throw new MalformedPolicy(`Resource ${text} must be in ARN format or "*".`);
  }
  return wildcardPattern(text, rules);
}
