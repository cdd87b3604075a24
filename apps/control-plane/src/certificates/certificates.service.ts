import type { AdminCall } from '@gatehouse/admin-contract';
import { notFound } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../config.js';
import { refuseUncovered, refuseWhileUsed } from '../apigateway/domain-name/certificate-use.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { pageLimit, pageOf, type Page } from '../paging/page.js';
import { decodePosition } from '../paging/position.js';
import type { ImportCertificateRequest, ListCertificatesRequest, ReimportCertificateRequest } from './certificate.dto.js';
import { certificateMaterial } from './certificate-material.js';
import { CertificateEntity } from './certificate.entity.js';

/** Certificates with their private keys, brought by whoever had them issued. */
@Injectable()
export class Certificates {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {}

  /** Each import makes a certificate with an ARN of its own, as ACM's ImportCertificate does without an ARN. Throws `BadRequestException`. */
  async import(call: AdminCall, input: ImportCertificateRequest): Promise<CertificateEntity> {
    const owner = { ...call.scope, certificateId: randomUUID() };
    const now = new Date();
    const { certificateChain, privateKeySealed } = await certificateMaterial(owner, input, now, this.config.atRestKey);
    const row: CertificateEntity = Object.assign(new CertificateEntity(), {
      ...owner,
      certificateChain,
      privateKeySealed,
      createdDate: now,
      lastUpdatedDate: now,
      cameWithDomain: false,
    } satisfies CertificateEntity);
    await this.unitOfWork.run(call, async (transaction) => {
      await transaction.manager.insert(CertificateEntity, row);
      transaction.publish('certificate', row.certificateId);
    });
    return row;
  }

  /** Replaces chain and key under the same ARN: a renewal. Throws `NotFoundException`, `BadRequestException`. */
  async reimport(call: AdminCall, input: ReimportCertificateRequest): Promise<CertificateEntity> {
    const owner = { ...call.scope, certificateId: input.certificateId };
    await this.get(call, input.certificateId);
    const lastUpdatedDate = new Date();
    const { domainNames, ...material } = await certificateMaterial(owner, input, lastUpdatedDate, this.config.atRestKey);
    return this.unitOfWork.run(call, async (transaction) => {
      const row = await transaction.lockCertificate(input.certificateId);
      await refuseUncovered(transaction.manager, row, domainNames);
      await transaction.manager.update(CertificateEntity, owner, { ...material, lastUpdatedDate });
      transaction.publish('certificate', input.certificateId);
      return Object.assign(row, material, { lastUpdatedDate });
    });
  }

  /** Throws `NotFoundException`. */
  async get(call: AdminCall, certificateId: string): Promise<CertificateEntity> {
    const row = await this.database.manager.findOneBy(CertificateEntity, { ...call.scope, certificateId });
    if (!row) throw unknownCertificate();
    return row;
  }

  /** Newest first. */
  async list(call: AdminCall, input: ListCertificatesRequest): Promise<Page<CertificateEntity>> {
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = this.database.manager
      .createQueryBuilder(CertificateEntity, 'certificate')
      .where({ ...call.scope })
      .orderBy({ 'certificate.createdDate': 'DESC', 'certificate.certificateId': 'DESC' })
      .take(limit + 1);
    if (after)
      query.andWhere('(certificate.createdDate, certificate.certificateId) < (:date, :id)', { date: after[0], id: after[1] });
    return pageOf(await query.getMany(), limit, (row) => [row.createdDate.toISOString(), row.certificateId]);
  }

  /** Throws `NotFoundException`, and `ConflictException` while a domain name uses it. */
  async delete(call: AdminCall, certificateId: string): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      await refuseWhileUsed(transaction.manager, await transaction.lockCertificate(certificateId));
      await transaction.manager.delete(CertificateEntity, { ...call.scope, certificateId });
      transaction.publish('certificate', certificateId, true);
    });
  }
}

const unknownCertificate = () => notFound('Invalid certificate identifier specified');
