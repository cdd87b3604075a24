import type { DeploymentSnapshot, Scope, StageSnapshot } from './documents.js';

/*
 * What the control plane asks a gateway to run for an administrator: a method or an authorizer as it is defined now, deployed or not. It goes to the
 * gateway's internal port as JSON, signed with the data-plane key's calls (Signature Version 4, service `gatehouse`).
 */

/** Where a gateway takes them. */
export const TEST_INVOCATION_PATH = '/test-invocations';
/** In the scope of the signature. */
export const INTERNAL_SERVICE = 'gatehouse';

export interface TestInvocation {
  /** Of a method the whole road is gone; of an authorizer it is only asked. */
  kind: 'method' | 'authorizer';
  scope: Scope;
  /** Has one route: the method, or one that has the authorizer. */
  deployment: DeploymentSnapshot;
  stage: StageSnapshot;
  /** The request's. */
  httpMethod: string;
  /** Null where the administrator gave none: parameters of the path are then their own names in braces. */
  pathWithQueryString: string | null;
  headers: [name: string, value: string][];
  body: string;
  /** Values for `$context` that identity sources take in place of the request's. */
  additionalContext: [name: string, value: string][];
}

/** What came of it; times are in milliseconds. */
export type TestOutcome =
  | { kind: 'method'; status: number; headers: [name: string, value: string][]; body: string; log: string; latency: number }
  | {
      kind: 'authorizer';
      /** 0 where the authorizer has decided, else the status that a client would get. */
      clientStatus: number;
      log: string;
      latency: number;
      principalId: string | null;
      /** JSON. */
      policy: string | null;
      claims: [name: string, value: string][];
    }
  /** There is something in the invocation that no request can have. */
  | { kind: 'refused'; message: string };
