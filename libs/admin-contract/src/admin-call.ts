import type { Scope } from '@gatehouse/snapshot';

/** Who calls, for which account and region, and what the answer must tell beside its body. One per admin request. */
export interface AdminCall {
  /** Account of the caller's principal, region of the signature's scope (a token's: the configured region). */
  scope: Scope;
  principalId: string;
  requestId: string;
  /** Set by the unit of work that published; goes out as `x-gatehouse-publication`. */
  publicationId?: string;
}
