import type { Scope } from '@gatehouse/snapshot';
import type { SigningService } from './requested-service.js';

/** What is known of a request before its body arrives, exactly as it came over the wire: nothing decoded, nothing joined. */
export interface RequestHead {
  method: string;
  /** The request target (path and query) as received. */
  rawTarget: string;
  /** Names and values in turn, repeats and letter case kept. */
  rawHeaders: readonly string[];
}

/** Who was found behind a request. */
export interface Caller {
  principalId: string;
  /** Account of the principal; region of the signature's scope (a token's: the configured region). */
  scope: Scope;
}

/** Where a request comes from, as far as policies ask. */
export interface RequestOrigin {
  sourceIp: string;
  /** By TLS. */
  secure: boolean;
  userAgent: string | undefined;
  referer: string | undefined;
}

/** A request whose head was accepted and whose body is still on its way. */
export interface PendingAuthentication {
  /**
   * Compares the signature with the received bytes (an empty buffer for a request without a body).
   * Throws `AwsError` when they do not belong together.
   */
  finish(body: Buffer): Promise<Caller>;
}

/**
 * Finds out who calls. `authentication-hooks.ts` calls `begin` in Fastify's `onRequest` hook and `finish` once the body is there, for
 * every path that is not open, unknown paths included; both throw `AwsError` and nothing else that is the caller's fault.
 * Implemented in `identity/`; provided under this class as injection token by a global module.
 */
export abstract class Authentication {
  /** Checks what can be checked before a body is buffered: key or token, date, scope (that of `service`), expiry, signed headers. */
  abstract begin(head: RequestHead, service: SigningService): Promise<PendingAuthentication>;
}

/**
 * Decides whether a caller may do something. Called after routing and before the input is validated, for every operation.
 * Implemented in `identity/`; provided under this class as injection token by a global module.
 */
export abstract class Authorization {
  /**
   * Throws `AwsError('AccessDeniedException')` when the caller's policies do not allow `action` (such as `apigateway:POST`) on
   * `resource` (such as `arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5`).
   */
  abstract authorize(caller: Caller, action: string, resource: string, origin: RequestOrigin): Promise<void>;
}
