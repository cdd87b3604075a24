import { compileAccount } from '@gatehouse/compiler';
import { ACCOUNT_DOCUMENT, type AccountSnapshot, type Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { AccountSettingsEntity } from './account-settings.entity.js';

/** Reads what was set for an account in a region. Gives, by the one key that there is, what compiles it. */
export async function readAccount(manager: EntityManager, scope: Scope): Promise<Map<string, () => AccountSnapshot>> {
  const settings = await manager.findOneBy(AccountSettingsEntity, { ...scope });
  return new Map(settings === null ? [] : [[ACCOUNT_DOCUMENT, () => compileAccount(settings)]]);
}
