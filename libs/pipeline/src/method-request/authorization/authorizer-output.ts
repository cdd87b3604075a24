import type { ByteText } from '../../http/byte-text.js';

/** What an authorizer said of a request, whether or not it lets it pass. */
export interface AuthorizerOutput {
  readonly principalId: string | null;
  /** What a Lambda authorizer gives along, as text. */
  readonly context: ReadonlyMap<string, ByteText>;
  /** Claims of the token that a user pool or an OpenID Connect provider issued; null of Lambda authorizers. */
  readonly claims: ReadonlyMap<string, ByteText> | null;
  /** Value of the API key that the request goes by where the API's keys come from the authorizer. */
  readonly usageIdentifierKey: string | null;
  /** Whom a Lambda authorizer lets in, as it said it, for whoever has to be told why. */
  readonly policyDocument?: unknown;
  /** Milliseconds that the authorizer took; 0 where its decision was kept from before. */
  readonly integrationLatency: number;
}
