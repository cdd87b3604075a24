import { certificateArn } from '@gatehouse/aws-wire';
import { compileCertificate, type CompileContext } from '@gatehouse/compiler';
import type { CertificateSnapshot, SealingKey } from '@gatehouse/snapshot';
import { X509Certificate } from 'node:crypto';
import { In, type EntityManager } from 'typeorm';
import { CertificateEntity } from './certificate.entity.js';
import { domainNamesOf } from './domain-names.js';
import { openPrivateKey } from './sealed-key.js';

/** Reads many certificates at once. Gives for each that there is, by id, what compiles it: there its key passes from one seal to the other. */
export async function readCertificates(
  manager: EntityManager,
  context: CompileContext,
  keys: readonly string[],
  atRestKey: SealingKey,
): Promise<Map<string, () => CertificateSnapshot>> {
  const rows = await manager.findBy(CertificateEntity, { ...context.scope, certificateId: In(keys) });
  return new Map(rows.map((row) => [row.certificateId, () => compile(row, context, atRestKey)]));
}

function compile(row: CertificateEntity, context: CompileContext, atRestKey: SealingKey): CertificateSnapshot {
  const certificate = new X509Certificate(row.certificateChain);
  const { certificateId } = row;
  return compileCertificate(
    {
      certificateId,
      certificateArn: certificateArn(row, certificateId),
      domainNames: domainNamesOf(certificate).filter((name) => name !== undefined),
      chain: row.certificateChain,
      privateKey: openPrivateKey(atRestKey, row),
      notAfter: certificate.validToDate,
    },
    context,
  );
}
