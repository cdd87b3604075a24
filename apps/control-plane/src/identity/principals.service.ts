import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../admin-api/authentication.js';
import { ExpiringCache } from './expiring-cache.js';
import { PrincipalEntity } from './principal.entity.js';

const REMEMBERED_MS = 5_000;
const REMEMBERED_PRINCIPALS = 10_000;

@Injectable()
export class Principals {
  private readonly remembered = new ExpiringCache<PrincipalEntity>(REMEMBERED_MS, REMEMBERED_PRINCIPALS);

  constructor(private readonly database: DataSource) {}

  /** The principal behind a caller; undefined when it was removed since the caller was authenticated. */
  async find({ principalId, scope: { accountId } }: Caller): Promise<PrincipalEntity | undefined> {
    const key = `${accountId} ${principalId}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const found = await this.database.manager.findOneBy(PrincipalEntity, { accountId, principalId });
    if (!found) return undefined;
    this.remembered.set(key, found);
    return found;
  }
}
