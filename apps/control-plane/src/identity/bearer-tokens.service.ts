import { AwsError, longId, notFound } from '@gatehouse/aws-wire';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource, LessThan } from 'typeorm';
import type { Caller } from '../admin-api/authentication.js';
import { BearerTokenEntity } from './bearer-token.entity.js';

/** 256 bits, after a prefix by which scanners for leaked secrets know it. */
const TOKEN_BYTES = 32;
const TOKEN = /^gh_[\w-]{43}$/;

/** For this long after its end a token is still told apart from one that never was. */
const KEPT_AFTER_EXPIRY_MS = 24 * 60 * 60_000;

/** Tokens that stand for a principal: shown once, kept as a hash, good until they expire or are revoked. */
@Injectable()
export class BearerTokens {
  constructor(private readonly database: DataSource) {}

  /** Makes a token for the caller's own principal. Returns it in clear: it cannot be had again. */
  async create({ scope, principalId }: Owner, lifetimeSeconds: number): Promise<{ row: BearerTokenEntity; token: string }> {
    const token = `gh_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    const now = Date.now();
    const row = {
      tokenId: longId(),
      accountId: scope.accountId,
      principalId,
      tokenHash: hashOf(token),
      createdDate: new Date(now),
      expiresAt: new Date(now + lifetimeSeconds * 1000),
    };
    await this.database.manager.insert(BearerTokenEntity, row);
    await this.database.manager.delete(BearerTokenEntity, { expiresAt: LessThan(new Date(now - KEPT_AFTER_EXPIRY_MS)) });
    return { row, token };
  }

  /** The tokens of the caller's principal that have not expired, oldest first. */
  async list({ scope, principalId }: Owner): Promise<BearerTokenEntity[]> {
    const rows = await this.database.manager.find(BearerTokenEntity, {
      where: { accountId: scope.accountId, principalId },
      order: { createdDate: 'ASC', tokenId: 'ASC' },
    });
    return rows.filter((row) => row.expiresAt.getTime() > Date.now());
  }

  /** Ends a token of the caller's principal at once, on every control plane. Throws `NotFoundException`. */
  async revoke({ scope, principalId }: Owner, tokenId: string): Promise<void> {
    const { affected } = await this.database.manager.delete(BearerTokenEntity, {
      accountId: scope.accountId,
      principalId,
      tokenId,
    });
    if (!affected) throw notFound('Invalid token identifier specified');
  }

  /**
   * Whose token it is; asked of the database every time, so that revoking acts at once. Throws `AwsError` UnrecognizedClientException for an
   * unknown token, ExpiredTokenException for one that is over.
   */
  async authenticate(token: string): Promise<Pick<BearerTokenEntity, 'accountId' | 'principalId'>> {
    const row = TOKEN.test(token) ? await this.database.manager.findOneBy(BearerTokenEntity, { tokenHash: hashOf(token) }) : null;
    if (!row) throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    if (row.expiresAt.getTime() <= Date.now()) {
      throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired');
    }
    return row;
  }
}

type Owner = Pick<Caller, 'scope' | 'principalId'>;

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
