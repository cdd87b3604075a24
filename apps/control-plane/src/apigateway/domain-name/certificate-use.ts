import { badRequest, certificateArn, conflict, parseCertificateArn } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { X509Certificate } from 'node:crypto';
import { Brackets, type EntityManager } from 'typeorm';
import { CertificateEntity } from '../../certificates/certificate.entity.js';
import { covers, domainNamesOf } from '../../certificates/domain-names.js';
import type { AdminTransaction } from '../../database/unit-of-work.js';
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
  lock = false,
): Promise<Map<string, CertificateEntity>> {
  const found = new Map<string, CertificateEntity>();
  // In one order, so that two who lock the same certificates do not wait for one another.
  for (const arn of [...new Set(arns)].sort()) {
    const key = parseCertificateArn(arn);
    if (key?.accountId !== scope.accountId) continue;
    const certificate = await manager.findOne(CertificateEntity, {
      where: key,
      ...(lock ? { lock: { mode: 'pessimistic_read' as const } } : {}),
    });
    if (certificate) found.set(arn, certificate);
  }
  return found;
}

/**
 * Keeps the certificates of a domain name from being removed or replaced until the transaction ends. Throws `BadRequestException` in AWS's words for one
 * that is not made for the name. What was not imported is passed over: whether that can be is for the compiler to say.
 */
export async function lockCertificates({ manager, scope }: AdminTransaction, domain: DomainNameEntity): Promise<void> {
  const imported = await importedCertificates(manager, scope, usedCertificates(domain), true);
  for (const { certificateChain } of imported.values()) {
    const names = domainNamesOf(new X509Certificate(certificateChain)).filter((name) => name !== undefined);
    if (!covers(names, domain.domainName)) throw uncovered();
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

/** Removes certificates that came with a domain name and that no other one uses. Call it when the domain name uses them no more. */
export async function removeUnused(transaction: AdminTransaction, arns: readonly (string | null)[]): Promise<void> {
  const { manager, scope } = transaction;
  for (const arn of arns) {
    const key = arn === null ? undefined : parseCertificateArn(arn);
    if (!key) continue;
    const where = { ...scope, certificateId: key.certificateId };
    const certificate = await manager.findOne(CertificateEntity, { where, lock: { mode: 'pessimistic_write' } });
    if (!certificate || (await usersOf(manager, certificate)).length > 0) continue;
    await manager.delete(CertificateEntity, where);
    transaction.publish('certificate', key.certificateId, true);
  }
}
