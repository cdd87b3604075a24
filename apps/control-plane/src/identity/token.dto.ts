import { Member } from '@gatehouse/admin-contract';

const DAY_SECONDS = 86_400;

/** For how long a token is good: an hour when nothing is said, 30 days at most. */
export const DEFAULT_LIFETIME_SECONDS = 3_600;

export class CreateTokenRequest {
  @Member({ type: 'integer', min: 1, max: 30 * DAY_SECONDS })
  expiresInSeconds?: number;
}

export class DeleteTokenRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  tokenId!: string;
}

/** What may be known of a token after it was made. */
export class TokenDescription {
  @Member({ type: 'string' })
  tokenId!: string;

  /** ISO 8601. */
  @Member({ type: 'string' })
  createdDate!: string;

  /** ISO 8601. */
  @Member({ type: 'string' })
  expiresAt!: string;
}

/** A new token: the only answer that ever holds it. */
export class CreatedToken extends TokenDescription {
  @Member({ type: 'string' })
  token!: string;
}

export class TokenList {
  @Member({ type: 'list', of: { type: TokenDescription } })
  items!: TokenDescription[];
}
