import type { Policy } from './policy.js';
import type { PolicyRequest, Verdict } from './policy-request.js';

/** What several policies of the same kind say together: a denial of one wins, then an allowance of one. */
export function evaluatePolicies(policies: readonly Policy[], request: PolicyRequest): Verdict {
  let together: Verdict = 'silent';
  for (const policy of policies) {
    const verdict = policy.evaluate(request);
    if (verdict === 'deny') return 'deny';
    if (verdict === 'allow') together = 'allow';
  }
  return together;
}
