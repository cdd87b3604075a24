import { MalformedPolicy } from './malformed-policy.js';
import { isObject, textsOf } from './shape.js';

/** Who has signed a request. */
export interface PolicyPrincipal {
  /** Of the user: `arn:aws:iam::123456789012:user/ann`. */
  arn: string;
  accountId: string;
  /** `AIDA...`. */
  userId: string;
}

/** How a `Principal` speaks of somebody: by himself or as everybody, by his account alone, or not. */
export type PrincipalMatch = 'named' | 'account' | 'none';
export type PrincipalMatcher = (principal: PolicyPrincipal | null) => PrincipalMatch;

const ACCOUNT = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/;
const ARN = /^arn:aws:(?:iam|sts)::\d{12}:(?:user|role|assumed-role|federated-user)\/[^*?]+$/;
const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{12,124}$/;
/** Kinds of principals that never sign requests here: they are known, and nobody is one. */
const ABSENT_KINDS = new Set(['Service', 'Federated', 'CanonicalUser']);

/**
 * Compiles a `Principal` or `NotPrincipal`. Null, who has not signed, is `*` only. Throws `MalformedPolicy` for what is no principal; wildcards inside of one are
 * not allowed, as on AWS.
 */
export function compilePrincipal(value: unknown): PrincipalMatcher {
  if (value === '*') return () => 'named';
  if (!isObject(value)) throw new MalformedPolicy('Syntax errors in policy: Principal is neither "*" nor an object.');
  const kinds = Object.entries(value);
  if (kinds.length === 0) throw new MalformedPolicy('Syntax errors in policy: Principal is empty.');
  const accounts = new Set<string>();
  const names = new Set<string>();
  for (const [kind, texts] of kinds) {
    for (const text of textsOf(texts, `Principal ${kind}`)) {
      if (kind === 'AWS') addPrincipal(text, accounts, names);
      else if (!ABSENT_KINDS.has(kind)) throw new MalformedPolicy(`Invalid principal in policy: "${kind}":"${text}"`);
    }
  }
  if (names.has('*')) return () => 'named';
  return (principal) => {
    if (!principal) return 'none';
    if (names.has(principal.arn) || names.has(principal.userId)) return 'named';
    return accounts.has(principal.accountId) ? 'account' : 'none';
  };
}

function addPrincipal(text: string, accounts: Set<string>, names: Set<string>): void {
  const account = ACCOUNT.exec(text);
  const whole = account !== null && text.startsWith('arn:') === text.endsWith(':root');
  if (account && whole) accounts.add(account[1] as string);
  else if (text === '*' || ARN.test(text) || UNIQUE_ID.test(text)) names.add(text);
  else throw new MalformedPolicy(`Invalid principal in policy: "AWS":"${text}"`);
}
