import type { PolicyPrincipal } from './principal.js';
import type { RequestContext } from './request-context.js';

/** What a policy says of a request: it allows or explicitly denies it, or does not speak of it, which is an implicit denial where nothing else allows it. */
export type Verdict = 'allow' | 'deny' | 'silent';

/** A request as policies see it. */
export interface PolicyRequest {
  /** Who has signed it; null for anybody. Only `resource` policies look at it. */
  principal: PolicyPrincipal | null;
  /** `execute-api:Invoke`. */
  action: string;
  /** ARN. */
  resource: string;
  /** Values of condition keys. */
  context: RequestContext;
  /**
   * Whether an `Allow` for the whole account of the principal allows it. Within one account it does not: it leaves it to the account's own policies. Source: IAM
   * user guide, "AWS account principals".
   */
  accountGrants: boolean;
}
