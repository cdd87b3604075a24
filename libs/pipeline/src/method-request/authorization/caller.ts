import type { Policy } from '@gatehouse/iam-policy';

/** Who signed a request. Source: AWS, `$context.identity`. */
export interface Caller {
  readonly accountId: string;
  readonly accessKey: string;
  /** Id of the user, or of the role and its session. */
  readonly user: string;
  readonly userArn: string;
  readonly caller: string;
  /** His own, which say what he may do. Absent where he has none. */
  readonly policies?: readonly Policy[];
}
