import { MalformedPolicy } from './malformed-policy.js';
import type { PolicyKind } from './policy-kind.js';
import type { PolicyRequest, Verdict } from './policy-request.js';
import { isObject } from './shape.js';
import { Statement } from './statement.js';

const VERSIONS: readonly unknown[] = ['2008-10-17', '2012-10-17'];
const MEMBERS = new Set(['Version', 'Id', 'Statement']);

/** A policy document, compiled once, evaluated by request. Evaluating never throws and takes time linear in the request's texts. */
export class Policy {
  private constructor(private readonly statements: readonly Statement[]) {}

  /**
   * Compiles a document that was read from JSON (`readPolicyText`, where there is text). Nothing is overlooked: throws `MalformedPolicy` for
   * unknown elements, operators and values. Its message is IAM's where there is one.
   */
  static compile(document: unknown, kind: PolicyKind): Policy {
    if (!isObject(document)) throw new MalformedPolicy('Syntax errors in policy: it is no object.');
    for (const name of Object.keys(document)) {
      if (!MEMBERS.has(name)) throw new MalformedPolicy(`Syntax errors in policy: unknown element ${JSON.stringify(name)}.`);
    }
    const { Version: version, Id: id, Statement: statement } = document;
    if (id !== undefined && typeof id !== 'string') throw new MalformedPolicy('Syntax errors in policy: Id is no text.');
    if (kind === 'identity' ? version !== '2012-10-17' : version !== undefined && !VERSIONS.includes(version)) {
      throw new MalformedPolicy('Policy document must be version 2012-10-17 or greater.');
    }
    if (statement === undefined) throw new MalformedPolicy('Syntax errors in policy: it has no Statement.');
    const statements: unknown[] = Array.isArray(statement) ? statement : [statement];
    if (statements.length === 0) throw new MalformedPolicy('Syntax errors in policy: it has no Statement.');
    const rules = { variables: version === '2012-10-17' };
    return new Policy(statements.map((each) => Statement.compile(each, kind, rules)));
  }

  /** What it says of a request: an explicit denial wins over everything. */
  evaluate(request: PolicyRequest): Verdict {
    const action = request.action.toLowerCase();
    let verdict: Verdict = 'silent';
    for (const statement of this.statements) {
      if (verdict === 'allow' && !statement.denies) continue;
      if (!statement.applies(request, action)) continue;
      if (statement.denies) return 'deny';
      verdict = 'allow';
    }
    return verdict;
  }
}
