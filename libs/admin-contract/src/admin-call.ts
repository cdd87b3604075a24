import type { Scope } from '@gatehouse/snapshot';

/** Who calls, for which account and region, and what the answer must tell beside its body. One per admin request. */
export interface AdminCall {
  /** Account of the caller's principal, region of the signature's scope (a token's: the configured region). */
  scope: Scope;
  principalId: string;
  /** Goes out as `x-amzn-RequestId`; a service to which a call is passed on may have its own id of it. */
  requestId: string;
  /** Where the caller reached us, such as `http://127.0.0.1:4600`, for addresses in answers. Absent where no request says it. */
  origin?: string;
  /** Set by the unit of work that published; goes out as `x-gatehouse-publication`. */
  publicationId?: string;
}
