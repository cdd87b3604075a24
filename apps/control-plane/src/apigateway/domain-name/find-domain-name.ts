import { notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { lowerCaseName } from './domain-name-rules.js';
import { DomainNameEntity, PUBLIC } from './domain-name.entity.js';

export const UNKNOWN_DOMAIN_NAME = 'Invalid domain name identifier specified';

/** How a request names a domain name; a private one with its id. */
export interface DomainNameKey {
  domainName: string;
  domainNameId?: string;
}

/** Reads one domain name of the caller's; with `lock` its row stays locked until the transaction ends. Throws `NotFoundException` in AWS's words. */
export async function findDomainName(
  manager: EntityManager,
  scope: Scope,
  { domainName, domainNameId = PUBLIC }: DomainNameKey,
  lock = false,
): Promise<DomainNameEntity> {
  const domain = await manager.findOne(DomainNameEntity, {
    where: { ...scope, domainName: lowerCaseName(domainName), domainNameId },
    ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
  });
  if (!domain) throw notFound(UNKNOWN_DOMAIN_NAME);
  return domain;
}

/** What tells the row of a domain name, and what hangs on it, from others. */
export function domainRow({ accountId, region, domainName, domainNameId }: DomainNameEntity) {
  return { accountId, region, domainName, domainNameId };
}

/** The key of a domain name's document. */
export function domainKey({ domainName, domainNameId }: Pick<DomainNameEntity, 'domainName' | 'domainNameId'>): string {
  return domainNameId === PUBLIC ? domainName : `${domainName}+${domainNameId}`;
}
