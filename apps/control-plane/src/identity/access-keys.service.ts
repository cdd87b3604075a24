import { unseal } from '@gatehouse/snapshot';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../config.js';
import { AccessKeyEntity } from './access-key.entity.js';
import { ExpiringCache } from './expiring-cache.js';

/** For this long a control plane may go on accepting a key that another one has replaced. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_KEYS = 10_000;

/** An access key with the secret that its signatures are checked with. */
export interface AccessKey {
  accessKeyId: string;
  accountId: string;
  principalId: string;
  secretAccessKey: string;
}

/** What the sealed secret of an access key is bound to, so that it does not open under another key's id. */
export const accessKeySealName = (accessKeyId: string) => `access-key ${accessKeyId}`;

@Injectable()
export class AccessKeys {
  private readonly remembered = new ExpiringCache<AccessKey>(REMEMBERED_MS, REMEMBERED_KEYS);

  constructor(
    private readonly database: DataSource,
    private readonly config: ControlPlaneConfig,
  ) {}

  /** Finds an active access key by its id. An unknown id is looked up every time: the key may have been made a moment ago. */
  async find(accessKeyId: string): Promise<AccessKey | undefined> {
    const known = this.remembered.get(accessKeyId);
    if (known) return known;
    const row = await this.database.manager.findOneBy(AccessKeyEntity, { accessKeyId });
    if (row?.status !== 'Active') return undefined;
    const { accountId, principalId, secretSealed } = row;
    const secretAccessKey = unseal([this.config.atRestKey], accessKeySealName(accessKeyId), secretSealed);
    const found = { accessKeyId, accountId, principalId, secretAccessKey };
    this.remembered.set(accessKeyId, found);
    return found;
  }
}
