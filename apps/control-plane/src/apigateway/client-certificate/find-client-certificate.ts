import { badRequest, notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { ClientCertificateEntity } from './client-certificate.entity.js';

export const UNKNOWN_CLIENT_CERTIFICATE = 'Invalid Client Certificate identifier specified';

/** Reads one client certificate of the caller's. Throws `NotFoundException` when there is none. */
export async function findClientCertificate(
  manager: EntityManager,
  scope: Scope,
  clientCertificateId: string,
): Promise<ClientCertificateEntity> {
  const certificate = await manager.findOneBy(ClientCertificateEntity, { ...scope, clientCertificateId });
  if (!certificate) throw notFound(UNKNOWN_CLIENT_CERTIFICATE);
  return certificate;
}

/**
 * For a stage that is to present this certificate: keeps it from being removed before the transaction ends. Lock order: after the API.
 * Throws `BadRequestException` when there is none.
 */
export async function requireClientCertificate({ manager, scope }: AdminTransaction, clientCertificateId: string): Promise<void> {
  const certificate = await manager.findOne(ClientCertificateEntity, {
    where: { ...scope, clientCertificateId },
    select: { clientCertificateId: true },
    lock: { mode: 'pessimistic_read' },
  });
  if (!certificate) throw badRequest(UNKNOWN_CLIENT_CERTIFICATE);
}

/** Takes the row lock under which a client certificate is edited or removed. Throws `NotFoundException`. */
export async function lockClientCertificate(
  { manager, scope }: AdminTransaction,
  clientCertificateId: string,
): Promise<ClientCertificateEntity> {
  const certificate = await manager.findOne(ClientCertificateEntity, {
    where: { ...scope, clientCertificateId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!certificate) throw notFound(UNKNOWN_CLIENT_CERTIFICATE);
  return certificate;
}
