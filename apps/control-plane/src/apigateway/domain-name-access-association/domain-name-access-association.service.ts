import type { AdminCall } from '@gatehouse/admin-contract';
import {
  DomainNameAccessAssociationsOperations,
  type CreateDomainNameAccessAssociationRequest,
  type DeleteDomainNameAccessAssociationRequest,
  type DomainNameAccessAssociation,
  type DomainNameAccessAssociations,
  type GetDomainNameAccessAssociationsRequest,
  type RejectDomainNameAccessAssociationRequest,
} from '@gatehouse/admin-contract/apigateway';
import {
  badRequest,
  conflict,
  notFound,
  parseAccessAssociationArn,
  parsePrivateDomainNameArn,
  type PrivateDomainName,
} from '@gatehouse/aws-wire';
import { refuseUnenforceable } from '@gatehouse/compiler';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { UnitOfWork, type AdminTransaction } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { domainRow, findDomainName, UNKNOWN_DOMAIN_NAME } from '../domain-name/find-domain-name.js';
import { checkTags } from '../tag/tag-rules.js';
import { DomainNameAccessAssociationEntity, UNKNOWN_ACCESS_ASSOCIATION } from './domain-name-access-association.entity.js';
import { accessAssociationView } from './domain-name-access-association.view.js';

const VPC_ENDPOINT_ID = /^vpce-[0-9a-z]{1,64}$/;

/** From where private domain names may be reached. Gateways deny all requests for private names, so nothing of it is published. */
@Injectable()
export class DomainNameAccessAssociationsService extends DomainNameAccessAssociationsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  override async createDomainNameAccessAssociation(
    call: AdminCall,
    input: CreateDomainNameAccessAssociationRequest,
  ): Promise<DomainNameAccessAssociation> {
    const named = parsePrivateDomainNameArn(input.domainNameArn);
    if (!named) throw invalidArn();
    const tags = checkTags(input.tags ?? {});
    return this.unitOfWork.run(call, async (transaction) => {
      const domain = await findOwned(transaction, named);
      const { accessAssociationSource: source, accessAssociationSourceType: sourceType } = input;
      if (!VPC_ENDPOINT_ID.test(source)) throw badRequest(`Invalid VPC endpoint specified: ${source.slice(0, 100)}`);
      if (this.config.unenforced === 'refuse') refuseUnenforceable([`domain ${domain.domainName}: access association ${source}`]);
      const association = { ...domainRow(domain), source, sourceType, tags };
      const { raw } = await transaction.manager
        .createQueryBuilder()
        .insert()
        .into(DomainNameAccessAssociationEntity)
        .values(association)
        .orIgnore()
        .returning('source')
        .execute();
      if ((raw as unknown[]).length === 0) throw conflict('The domain name access association already exists.');
      return accessAssociationView(association);
    });
  }

  /** Sorted by domain name, then by source. Other accounts have none. */
  override async getDomainNameAccessAssociations(
    call: AdminCall,
    input: GetDomainNameAccessAssociationsRequest,
  ): Promise<DomainNameAccessAssociations> {
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['text', 'text', 'text']);
    if (input.resourceOwner === 'OTHER_ACCOUNTS') return { item: [] };
    const query = this.database.manager
      .createQueryBuilder(DomainNameAccessAssociationEntity, 'association')
      .where({ ...call.scope })
      .orderBy({ 'association.domainName': 'ASC', 'association.domainNameId': 'ASC', 'association.source': 'ASC' })
      .take(limit + 1);
    if (after) {
      query.andWhere('(association.domainName, association.domainNameId, association.source) > (:name, :id, :source)', {
        name: after[0],
        id: after[1],
        source: after[2],
      });
    }
    const keyOf = ({ domainName, domainNameId, source }: DomainNameAccessAssociationEntity) => [domainName, domainNameId, source];
    const page = pageOf(await query.getMany(), limit, keyOf);
    return { item: page.items.map(accessAssociationView), position: page.position };
  }

  override async deleteDomainNameAccessAssociation(
    call: AdminCall,
    input: DeleteDomainNameAccessAssociationRequest,
  ): Promise<void> {
    await this.remove(call, input.domainNameAccessAssociationArn);
  }

  /** What the owner of a domain name does to an association that it does not want. */
  override async rejectDomainNameAccessAssociation(
    call: AdminCall,
    input: RejectDomainNameAccessAssociationRequest,
  ): Promise<void> {
    const named = parsePrivateDomainNameArn(input.domainNameArn);
    if (!named) throw invalidArn();
    await this.remove(call, input.domainNameAccessAssociationArn, named);
  }

  private async remove(call: AdminCall, arn: string, of?: PrivateDomainName): Promise<void> {
    const association = parseAccessAssociationArn(arn);
    if (!association) throw invalidArn();
    await this.unitOfWork.run(call, async (transaction) => {
      if (of) await findOwned(transaction, of);
      const { accountId, region, domainName, domainNameId, vpcEndpointId: source } = association;
      const isOwn = accountId === call.scope.accountId && region === call.scope.region;
      const isOf = !of || (of.domainName === domainName && of.domainNameId === domainNameId);
      const where = { ...call.scope, domainName, domainNameId, source };
      const { affected } =
        isOwn && isOf ? await transaction.manager.delete(DomainNameAccessAssociationEntity, where) : { affected: 0 };
      if (!affected) throw notFound(UNKNOWN_ACCESS_ASSOCIATION);
    });
  }
}

/** The private domain name that an ARN names, locked. Throws `NotFoundException` for one of another account or region, too. */
async function findOwned(
  { manager, scope }: AdminTransaction,
  { accountId, region, domainName, domainNameId }: PrivateDomainName,
) {
  if (accountId !== scope.accountId || region !== scope.region) throw notFound(UNKNOWN_DOMAIN_NAME);
  return findDomainName(manager, scope, { domainName, domainNameId }, true);
}

const invalidArn = () => badRequest('Invalid ARN specified in the request');
