import { badRequest, certificateArn, conflict, parseCertificateArn } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { X509Certificate } from 'node:crypto';
import { Brackets, In, type EntityManager } from 'typeorm';
import { CertificateEntity } from '../../certificates/certificate.entity.js';
import { covers, domainNamesOf } from '../../certificates/domain-names.js';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { groupBy } from '../resource/group-by.js';
import { DomainNameEntity } from './domain-name.entity.js';

/** The members of a domain name that name certificates of which gateways need the key, in the order in which they are told. */
export type CertificateSettings = Pick<DomainNameEntity, 'certificateArn' | 'uploadedCertificateArn' | 'regionalCertificateArn'>;

/** ARNs of the certificates that a domain name uses. */
export function usedCertificates(domain: CertificateSettings): string[] {
  return [domain.certificateArn, domain.uploadedCertificateArn, domain.regionalCertificateArn].filter((arn) => arn !== null);
}

/** Which of these ARNs name certificates of the account that were imported. One may be of any region: AWS wants those of edge endpoints in us-east-1. */
export async function importedCertificates(
  manager: EntityManager,
  scope: Scope,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Pick<CertificateEntity, 'certificateId'>>> {
  const keys = arns.flatMap((arn) => parseCertificateArn(arn) ?? []).filter(({ accountId }) => accountId === scope.accountId);
  if (keys.length === 0) return new Map();
  const rows = await manager.find(CertificateEntity, {
    select: { accountId: true, region: true, certificateId: true },
    where: [...groupBy(keys, ({ region }) => region)].map(([region, ofRegion]) => ({
      accountId: scope.accountId,
      region,
      certificateId: In(ofRegion.map(({ certificateId }) => certificateId)),
    })),
  });
  return new Map(rows.map((row) => [certificateArn(row, row.certificateId), row]));
}

/** Certificates of a domain name, locked until the transaction ends. */
interface LockedCertificates {
  /** Those that it uses and that were imported, by ARN: nobody removes or replaces them meanwhile. */
  used: ReadonlyMap<string, CertificateEntity>;
  /** Those that it uses no more and that came with a domain name: nobody takes them into use meanwhile. */
  dropped: CertificateEntity[];
}

/**
 * Locks the certificates of a domain name, which is locked itself, before it is written: `arns` that it is to use and those that it used `before`. What was not
 * imported is passed over: whether that can be is for the compiler to say.
 */
export async function lockCertificates(
  { manager, scope }: AdminTransaction,
  arns: readonly string[],
  before: readonly string[] = [],
): Promise<LockedCertificates> {
  const used = new Map<string, CertificateEntity>();
  const dropped: CertificateEntity[] = [];
  // All in one order, so that two who lock the same certificates do not wait for one another.
  for (const arn of [...new Set([...arns, ...before])].sort()) {
    const key = parseCertificateArn(arn);
    if (key?.accountId !== scope.accountId) continue;
    const isUsed = arns.includes(arn);
    const certificate = await manager.findOne(CertificateEntity, {
      where: isUsed ? key : { ...key, cameWithDomain: true },
      lock: { mode: isUsed ? 'pessimistic_read' : 'pessimistic_write' },
    });
    if (certificate && isUsed) used.set(arn, certificate);
    else if (certificate) dropped.push(certificate);
  }
  return { used, dropped };
}

/** Throws `BadRequestException` in AWS's words where a certificate is not made for the name that uses it. */
export function checkCovered({ domainName }: DomainNameEntity, used: Iterable<CertificateEntity>): void {
  for (const { certificateChain } of used) {
    const names = domainNamesOf(new X509Certificate(certificateChain)).filter((name) => name !== undefined);
    if (!covers(names, domainName)) throw uncovered();
  }
}

export const uncovered = () => badRequest('The domain name to be created is not covered by the provided certificate.');

/** The domain names that use a certificate; its lock is held. */
async function usersOf(manager: EntityManager, certificate: CertificateEntity): Promise<DomainNameEntity[]> {
  const arn = certificateArn(certificate, certificate.certificateId);
  return manager
    .createQueryBuilder(DomainNameEntity, 'domain')
    .where('domain.accountId = :accountId', { accountId: certificate.accountId })
    .andWhere(
      new Brackets((either) =>
        either
          .where('domain.certificateArn = :arn')
          .orWhere('domain.uploadedCertificateArn = :arn')
          .orWhere('domain.regionalCertificateArn = :arn'),
      ),
    )
    .setParameter('arn', arn)
    .orderBy('domain.domainName', 'ASC')
    .getMany();
}

/** Throws `ConflictException` while a domain name uses a certificate, whose lock is held. */
export async function refuseWhileUsed(manager: EntityManager, certificate: CertificateEntity): Promise<void> {
  const [user] = await usersOf(manager, certificate);
  if (user) {
    const arn = certificateArn(certificate, certificate.certificateId);
    throw conflict(`Certificate ${arn} is in use by the domain name ${user.domainName}`);
  }
}

/** Throws `BadRequestException` where a renewed certificate, whose lock is held, has lost the name of a domain name that uses it. */
export async function refuseUncovered(
  manager: EntityManager,
  certificate: CertificateEntity,
  names: readonly string[],
): Promise<void> {
  for (const { domainName } of await usersOf(manager, certificate)) {
    if (!covers(names, domainName))
      throw badRequest(`certificateBody: it does not cover the domain name ${domainName}, which uses it`);
  }
}

/** Removes certificates, which `lockCertificates` locked, that no domain name uses any more. Call it when the one that dropped them is written. */
export async function removeUnused(transaction: AdminTransaction, dropped: readonly CertificateEntity[]): Promise<void> {
  for (const certificate of dropped) {
    if ((await usersOf(transaction.manager, certificate)).length > 0) continue;
    const { accountId, region, certificateId } = certificate;
    await transaction.manager.delete(CertificateEntity, { accountId, region, certificateId });
    transaction.publish('certificate', certificateId, true, certificate);
  }
}
