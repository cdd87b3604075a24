import { conflict } from '@gatehouse/aws-wire';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { DomainNameEntity, PUBLIC } from './domain-name.entity.js';

/** What is answered for a name that somebody has. */
export const alreadyExists = () => conflict('The domain name you provided already exists.');

/**
 * Throws `ConflictException` where a public wildcard of another account or region has a public name already, or the name is a wildcard that would have one
 * of theirs: gateways know of a request nothing but its host, so the requests for it would change hands. Until the transaction ends nobody else makes a
 * name beside it.
 */
export async function refuseOverlap(
  transaction: AdminTransaction,
  { domainName, domainNameId }: DomainNameEntity,
): Promise<void> {
  if (domainNameId !== PUBLIC) return;
  const parent = domainName.slice(domainName.indexOf('.') + 1);
  await transaction.takeTurn(`domain names of ${parent}`);
  const wildcard = `*.${parent}`;
  const { accountId, region } = transaction.scope;
  const taken = await transaction.manager
    .createQueryBuilder(DomainNameEntity, 'other')
    .select('1')
    .where(`other.domainNameId = '${PUBLIC}' AND (other.accountId, other.region) <> (:accountId, :region)`, { accountId, region })
    .andWhere(
      domainName === wildcard
        ? `substr(other.domainName, strpos(other.domainName, '.') + 1) = :parent`
        : 'other.domainName = :wildcard',
      { parent, wildcard },
    )
    .limit(1)
    .getRawOne<unknown>();
  if (taken !== undefined) throw alreadyExists();
}
