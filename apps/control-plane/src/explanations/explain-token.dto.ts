import { Member } from '@gatehouse/admin-contract';

/** For how long a token is good: a quarter of an hour when nothing is said, an hour at most. */
export const DEFAULT_LIFETIME_SECONDS = 900;
const LONGEST_LIFETIME_SECONDS = 3_600;

export class CreateExplainTokenRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  restApiId!: string;

  @Member({ type: 'string', in: 'uri', required: true })
  stageName!: string;

  @Member({ type: 'integer', min: 1, max: LONGEST_LIFETIME_SECONDS })
  expiresInSeconds?: number;
}

/** A new token: the only answer that ever holds it. Nothing of it is kept. */
export class CreatedExplainToken {
  /** Name of the header that carries it. */
  @Member({ type: 'string' })
  header!: string;

  @Member({ type: 'string' })
  token!: string;

  /** ISO 8601. */
  @Member({ type: 'string' })
  expiresAt!: string;
}
