import type { AuthorizerOutput } from '../authorizer-output.js';
import { claimTexts } from './claims.js';
import type { Issuer, KeySet } from './issuer.js';

/** Seconds by which clocks may differ. */
const LEEWAY = 10;

/** A token whose signature is its issuer's. Its times are another matter: they are asked about for each request. */
export interface VerifiedToken {
  readonly issuer: Issuer;
  /** Those among which its key was. */
  readonly keySet: KeySet;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly expiresAt: number;
  /** `id`, `access`, or null where the issuer makes no difference. */
  readonly use: string | null;
  readonly scopes: readonly string[];
  /** Whom it is for. */
  readonly audience: readonly string[];
  readonly output: AuthorizerOutput;
}

/** Takes the claims of a token apart; null for one that never expires, or whose claims are none. */
export function readVerifiedToken(
  claims: Readonly<Record<string, unknown>>,
  type: string | undefined,
  issuer: Issuer,
  keySet: KeySet,
): VerifiedToken | null {
  const { exp, nbf, token_use: use, aud, client_id: client } = claims;
  if (typeof exp !== 'number' || (nbf !== undefined && typeof nbf !== 'number')) return null;
  const audience = textsOf(aud);
  return {
    issuer,
    keySet,
    notBefore: nbf === undefined ? -Infinity : (nbf - LEEWAY) * 1000,
    expiresAt: (exp + LEEWAY) * 1000,
    use: typeof use === 'string' ? use : isAccessToken(type) ? 'access' : null,
    scopes: scopesOf(claims),
    // Access tokens of user pools name whom they are for otherwise.
    audience: audience.length > 0 ? audience : textsOf(client),
    output: {
      principalId: null,
      context: new Map(),
      claims: claimTexts(claims),
      usageIdentifierKey: null,
      integrationLatency: 0,
    },
  };
}

/** Source: RFC 9068, 2.1. */
function isAccessToken(type: string | undefined): boolean {
  return type !== undefined && /^(?:application\/)?at\+jwt$/i.test(type);
}

/** As RFC 8693 has them; else as Microsoft's and Okta's issuers do. */
function scopesOf({ scope, scp }: Readonly<Record<string, unknown>>): string[] {
  const texts = scope === undefined ? textsOf(scp) : typeof scope === 'string' ? [scope] : [];
  return texts.flatMap((text) => text.split(' ')).filter((each) => each !== '');
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}
