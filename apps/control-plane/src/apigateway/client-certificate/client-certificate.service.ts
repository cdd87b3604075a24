import type { AdminCall } from '@gatehouse/admin-contract';
import {
  ClientCertificatesOperations,
  type ClientCertificate,
  type ClientCertificates,
  type DeleteClientCertificateRequest,
  type GenerateClientCertificateRequest,
  type GetClientCertificateRequest,
  type GetClientCertificatesRequest,
  type UpdateClientCertificateRequest,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest } from '@gatehouse/aws-wire';
import { clientCertificateName } from '@gatehouse/compiler';
import { seal } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { freeId } from '../../database/free-ids.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { StageEntity } from '../stage/stage.entity.js';
import { checkTags } from '../tag/tag-rules.js';
import { ClientCertificateEntity } from './client-certificate.entity.js';
import { clientCertificatePatch } from './client-certificate.patch.js';
import { clientCertificateView } from './client-certificate.view.js';
import { findClientCertificate, lockClientCertificate } from './find-client-certificate.js';
import { makeSelfSignedCertificate } from './self-signed-certificate.js';

@Injectable()
export class ClientCertificatesService extends ClientCertificatesOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  /** The private key is made here, sealed, and never shown. */
  override async generateClientCertificate(call: AdminCall, input: GenerateClientCertificateRequest): Promise<ClientCertificate> {
    const tags = checkTags(input.tags ?? {});
    const made = await makeSelfSignedCertificate(new Date());
    return this.unitOfWork.run(call, async (transaction) => {
      await transaction.requireRoom('clientCertificates', ClientCertificateEntity);
      const clientCertificateId = await freeId(transaction, ClientCertificateEntity, 'clientCertificateId');
      const owner = clientCertificateName(call.scope, clientCertificateId);
      const certificate: ClientCertificateEntity = {
        ...call.scope,
        clientCertificateId,
        description: input.description || null,
        pemEncodedCertificate: made.certificatePem,
        privateKeySealed: seal(this.config.atRestKey, owner, made.privateKeyPem),
        createdDate: made.notBefore,
        expirationDate: made.notAfter,
        tags,
      };
      await transaction.manager.insert(ClientCertificateEntity, certificate);
      return clientCertificateView(certificate, { withEmptyTags: false });
    });
  }

  override async getClientCertificate(call: AdminCall, input: GetClientCertificateRequest): Promise<ClientCertificate> {
    const certificate = await findClientCertificate(this.database.manager, call.scope, input.clientCertificateId);
    return clientCertificateView(certificate, { withEmptyTags: true });
  }

  /** In the order of creation. */
  override async getClientCertificates(call: AdminCall, input: GetClientCertificatesRequest): Promise<ClientCertificates> {
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = this.database.manager
      .createQueryBuilder(ClientCertificateEntity, 'certificate')
      .where({ ...call.scope })
      .orderBy({ 'certificate.createdDate': 'ASC', 'certificate.clientCertificateId': 'ASC' })
      .take(limit + 1);
    if (after) {
      const place = { date: after[0], id: after[1] };
      query.andWhere('(certificate.createdDate, certificate.clientCertificateId) > (:date, :id)', place);
    }
    const page = pageOf(await query.getMany(), limit, (each) => [each.createdDate.toISOString(), each.clientCertificateId]);
    return { item: page.items.map((each) => clientCertificateView(each, { withEmptyTags: false })), position: page.position };
  }

  override async updateClientCertificate(call: AdminCall, input: UpdateClientCertificateRequest): Promise<ClientCertificate> {
    return this.unitOfWork.run(call, async (transaction) => {
      const certificate = await lockClientCertificate(transaction, input.clientCertificateId);
      const patched = applyPatch(clientCertificatePatch, certificate, input.patchOperations);
      const { clientCertificateId, description } = patched;
      await transaction.manager.update(ClientCertificateEntity, { ...call.scope, clientCertificateId }, { description });
      return clientCertificateView(patched, { withEmptyTags: true });
    });
  }

  override async deleteClientCertificate(call: AdminCall, input: DeleteClientCertificateRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const { clientCertificateId } = await lockClientCertificate(transaction, input.clientCertificateId);
      const stage = await manager.findOne(StageEntity, {
        where: { ...scope, clientCertificateId },
        order: { apiId: 'ASC', stageName: 'ASC' },
      });
      if (stage) {
        throw badRequest(
          `Cannot delete Client Certificate ${clientCertificateId} because it is used by stage ${stage.apiId}/${stage.stageName}`,
        );
      }
      await manager.delete(ClientCertificateEntity, { ...scope, clientCertificateId });
    });
  }
}
