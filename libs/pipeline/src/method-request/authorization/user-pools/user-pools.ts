import { compactVerify, decodeJwt, decodeProtectedHeader, errors, type ProtectedHeaderParameters } from 'jose';
import { CacheRoom, CacheTable } from '../../../cache-room.js';
import { epochAt } from '../../../epoch-clock.js';
import type { Upstream } from '../../../upstream/upstream.js';
import { Issuer } from './issuer.js';
import { awsIssuer } from './pool-arn.js';
import { readVerifiedToken, type VerifiedToken } from './verified-token.js';

/** Why a token says nothing: it is none of the issuers', its time is over, or an issuer's keys cannot be had. */
export type TokenFault = 'invalid' | 'expired' | 'unavailable';

export interface UserPoolsOptions {
  /** What issuers are asked for their keys through; it decides what may be reached. */
  readonly upstream: Upstream;
  /** ARN of a pool -> its issuer's URL. A pool without one is that of AWS. */
  readonly issuers: ReadonlyMap<string, string>;
  /** Of tokens that were verified. */
  readonly mostBytes: number;
}

/** What claims take in memory, by the length of their token. */
const BYTES_PER_CHARACTER = 6;

/** Tokens of all user pools, verified once each: by the whole token it is known what it says. */
export class UserPools {
  private readonly issuers = new Map<string, Issuer>();
  private readonly verified: CacheTable<VerifiedToken>;

  constructor(private readonly options: UserPoolsOptions) {
    this.verified = new CacheTable(new CacheRoom(options.mostBytes));
  }

  /** Who issues the tokens of a pool. Throws `TypeError` for an ARN of anything else. */
  issuerOf(poolArn: string): Issuer {
    const mapped = this.options.issuers.get(poolArn);
    const url = mapped ?? awsIssuer(poolArn);
    const known = this.issuers.get(url);
    if (known !== undefined) return known;
    const issuer = new Issuer(url, mapped !== undefined, this.options.upstream);
    this.issuers.set(url, issuer);
    return issuer;
  }

  /** What a token says that one of `issuers` has issued; at once where it was verified before. */
  verify(token: string, issuers: readonly Issuer[]): VerifiedToken | TokenFault | Promise<VerifiedToken | TokenFault> {
    const known = this.verified.get(token);
    if (known === undefined) return this.verifyAnew(token, issuers);
    const { issuer } = known;
    if (!issuers.includes(issuer)) return 'invalid';
    if (known.keySet === issuer.keySet) return inTime(known);
    // Its key may be one of those that the issuer has taken away.
    this.verified.delete(token);
    return this.verifyAnew(token, issuers);
  }

  private async verifyAnew(token: string, issuers: readonly Issuer[]): Promise<VerifiedToken | TokenFault> {
    const said = decode(token);
    const issuer = said && issuers.find(({ url }) => url === said.issuer);
    if (!issuer) return 'invalid';
    const { alg: algorithm, kid, crit, typ } = said.header;
    if (typeof algorithm !== 'string' || crit !== undefined || (kid !== undefined && typeof kid !== 'string')) return 'invalid';
    const fitting = await issuer.keysFor(kid, algorithm);
    if (fitting === null) return 'unavailable';
    const { keySet, keys } = fitting;
    for (const { key } of keys) {
      const claims = await verifiedClaims(token, key, algorithm);
      const verified = claims && readVerifiedToken(claims, typ, issuer, keySet);
      if (!verified) continue;
      const result = inTime(verified);
      if (result !== 'expired') this.verified.set(token, verified, token.length * BYTES_PER_CHARACTER);
      return result;
    }
    return 'invalid';
  }
}

function inTime(token: VerifiedToken): VerifiedToken | TokenFault {
  const now = epochAt(performance.now());
  if (now >= token.expiresAt) return 'expired';
  return now < token.notBefore ? 'invalid' : token;
}

/** What a token says of itself, unverified; null for what is no token. */
function decode(token: string): { header: ProtectedHeaderParameters; issuer: unknown } | null {
  try {
    return { header: decodeProtectedHeader(token), issuer: decodeJwt(token).iss };
  } catch {
    return null;
  }
}

/** The claims under a signature of `key`; null where it is none of that. */
async function verifiedClaims(
  token: string,
  key: Parameters<typeof compactVerify>[1],
  algorithm: string,
): Promise<Record<string, unknown> | null> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: [algorithm] });
    const claims = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as unknown;
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? (claims as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
