import type { AdminCall } from '@gatehouse/admin-contract';
import {
  DomainNamesOperations,
  type CreateDomainNameRequest,
  type DeleteDomainNameRequest,
  type DomainName,
  type DomainNames,
  type GetDomainNameRequest,
  type GetDomainNamesRequest,
  type UpdateDomainNameRequest,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest, certificateArn, longId } from '@gatehouse/aws-wire';
import { refuseUnenforceable, unenforceableOfDomain } from '@gatehouse/compiler';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { certificateMaterial } from '../../certificates/certificate-material.js';
import { CertificateEntity } from '../../certificates/certificate.entity.js';
import { covers } from '../../certificates/domain-names.js';
import { ControlPlaneConfig } from '../../config.js';
import { UnitOfWork, type AdminTransaction } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { checkPolicy } from '../rest-api/rest-api-rules.js';
import { checkTags } from '../tag/tag-rules.js';
import { checkCovered, lockCertificates, removeUnused, uncovered, usedCertificates } from './certificate-use.js';
import { assignTargets, checkDomainEndpoint, checkMove, completeDomainEndpoint } from './domain-endpoint.js';
import { certificateArnOrNull, checkDomainName } from './domain-name-rules.js';
import { DomainNameEntity, PUBLIC } from './domain-name.entity.js';
import { domainNamePatch } from './domain-name.patch.js';
import { domainNameView } from './domain-name.view.js';
import { domainKey, domainRow, findDomainName } from './find-domain-name.js';
import { domainNameModel } from './load-domain-documents.js';
import { alreadyExists, refuseOverlap } from './overlap.js';

@Injectable()
export class DomainNamesService extends DomainNamesOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  /** A certificate that comes along is kept with its key as an imported one is, and goes with the domain name. */
  override async createDomainName(call: AdminCall, input: CreateDomainNameRequest): Promise<DomainName> {
    const domain = newDomainName(call.scope, input);
    const uploaded = await this.uploadedCertificate(domain, input);
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.requireRoom('domainNames', DomainNameEntity);
      await refuseOverlap(transaction, domain);
      if (uploaded) {
        await manager.insert(CertificateEntity, uploaded);
        transaction.publish('certificate', uploaded.certificateId);
      }
      await this.checkServed(transaction, domain);
      const { raw } = await manager
        .createQueryBuilder()
        .insert()
        .into(DomainNameEntity)
        .values(domain)
        .orIgnore()
        .returning('domain_name')
        .execute();
      if ((raw as unknown[]).length === 0) throw alreadyExists();
      transaction.publish('domain', domainKey(domain));
      return domainNameView(domain, { withEmptyTags: false });
    });
  }

  override async getDomainName(call: AdminCall, input: GetDomainNameRequest): Promise<DomainName> {
    return domainNameView(await findDomainName(this.database.manager, call.scope, input), { withEmptyTags: true });
  }

  /** Sorted by name. Other accounts share none. */
  override async getDomainNames(call: AdminCall, input: GetDomainNamesRequest): Promise<DomainNames> {
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['text', 'text']);
    if (input.resourceOwner === 'OTHER_ACCOUNTS') return { item: [] };
    const query = this.database.manager
      .createQueryBuilder(DomainNameEntity, 'domain')
      .where({ ...call.scope })
      .orderBy({ 'domain.domainName': 'ASC', 'domain.domainNameId': 'ASC' })
      .take(limit + 1);
    if (after) query.andWhere('(domain.domainName, domain.domainNameId) > (:name, :id)', { name: after[0], id: after[1] });
    const page = pageOf(await query.getMany(), limit, ({ domainName, domainNameId }) => [domainName, domainNameId]);
    return { item: page.items.map((domain) => domainNameView(domain, { withEmptyTags: false })), position: page.position };
  }

  override async updateDomainName(call: AdminCall, input: UpdateDomainNameRequest): Promise<DomainName> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const domain = await findDomainName(manager, scope, input, true);
      if (!input.patchOperations?.length) return domainNameView(domain, { withEmptyTags: true });
      const patched = applyPatch(domainNamePatch, domain, input.patchOperations);
      checkMove(domain.endpointConfiguration.types, patched.endpointConfiguration.types);
      checkDomainEndpoint(patched.endpointConfiguration);
      assignTargets(patched);
      const dropped = await this.checkServed(transaction, patched, domain);
      await manager.update(DomainNameEntity, domainRow(domain), patched);
      await removeUnused(transaction, dropped);
      transaction.publish('domain', domainKey(domain));
      return domainNameView(patched, { withEmptyTags: true });
    });
  }

  /** Its base path mappings and access associations go with it. */
  override async deleteDomainName(call: AdminCall, input: DeleteDomainNameRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const domain = await findDomainName(transaction.manager, call.scope, input, true);
      const { dropped } = await lockCertificates(transaction, [], usedCertificates(domain));
      await transaction.manager.delete(DomainNameEntity, domainRow(domain));
      await removeUnused(transaction, dropped);
      transaction.publish('domain', domainKey(domain), true);
    });
  }

  /**
   * Throws where gateways cannot serve the domain name as it wants to be, unless they are to deny it. Its certificates stay as they are until the transaction
   * ends. Gives those of `before` that came with a domain name and that it uses no more.
   */
  private async checkServed(
    transaction: AdminTransaction,
    domain: DomainNameEntity,
    before?: DomainNameEntity,
  ): Promise<CertificateEntity[]> {
    const { used, dropped } = await lockCertificates(
      transaction,
      usedCertificates(domain),
      before ? usedCertificates(before) : [],
    );
    checkCovered(domain, used.values());
    if (this.config.unenforced === 'refuse') refuseUnenforceable(unenforceableOfDomain(domainNameModel(domain, [], used)));
    return dropped;
  }

  private async uploadedCertificate(
    domain: DomainNameEntity,
    { certificateBody, certificatePrivateKey, certificateChain, certificateArn: named }: CreateDomainNameRequest,
  ): Promise<CertificateEntity | null> {
    if (!certificateBody && !certificatePrivateKey && !certificateChain) return null;
    if (!certificateBody || !certificatePrivateKey)
      throw badRequest('A certificate needs both certificateBody and certificatePrivateKey.');
    if (named) throw badRequest('Only one of certificateArn and certificateBody can be specified.');
    const { accountId, region, createdDate } = domain;
    const owner = { accountId, region, certificateId: randomUUID() };
    const given = { certificateBody, certificatePrivateKey, certificateChain };
    const { domainNames, ...material } = await certificateMaterial(owner, given, createdDate, this.config.atRestKey);
    if (!covers(domainNames, domain.domainName)) throw uncovered();
    domain.uploadedCertificateArn = certificateArn(owner, owner.certificateId);
    domain.certificateUploadDate = createdDate;
    return { ...owner, ...material, createdDate, lastUpdatedDate: createdDate, cameWithDomain: true };
  }
}

function newDomainName(scope: Scope, input: CreateDomainNameRequest): DomainNameEntity {
  const endpointConfiguration = completeDomainEndpoint(input.endpointConfiguration);
  const createdDate = new Date();
  const { truststoreUri, truststoreVersion } = input.mutualTlsAuthentication ?? {};
  const domain = Object.assign(new DomainNameEntity(), {
    ...scope,
    domainName: checkDomainName(input.domainName),
    domainNameId: endpointConfiguration.types.includes('PRIVATE') ? longId() : PUBLIC,
    createdDate,
    endpointConfiguration,
    certificateName: input.certificateName || null,
    certificateArn: certificateArnOrNull(input.certificateArn),
    uploadedCertificateArn: null,
    certificateUploadDate: input.certificateArn ? createdDate : null,
    regionalCertificateName: input.regionalCertificateName || null,
    regionalCertificateArn: certificateArnOrNull(input.regionalCertificateArn),
    ownershipVerificationCertificateArn: certificateArnOrNull(input.ownershipVerificationCertificateArn),
    distributionDomainName: null,
    regionalDomainName: null,
    securityPolicy: input.securityPolicy ?? 'TLS_1_2',
    endpointAccessMode: input.endpointAccessMode ?? null,
    mutualTlsAuthentication: truststoreUri ? { truststoreUri, ...(truststoreVersion ? { truststoreVersion } : {}) } : null,
    policy: checkPolicy(input.policy),
    managementPolicy: null,
    routingMode: input.routingMode ?? 'BASE_PATH_MAPPING_ONLY',
    tags: checkTags(input.tags ?? {}),
  } satisfies DomainNameEntity);
  assignTargets(domain);
  return domain;
}
