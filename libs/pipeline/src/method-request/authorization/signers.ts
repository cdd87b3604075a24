import type { Caller } from './caller.js';

/** Who signs with an access key. */
export interface Signer {
  readonly caller: Caller;
  readonly secretAccessKey: string;
}

/** The users of all accounts, as they are now: they act without a redeployment. */
export interface Signers {
  /** By the id of an active access key. */
  find(accessKeyId: string): Signer | undefined;
}
