import type { AdminCall } from '@gatehouse/admin-contract';
import {
  BasePathMappingsOperations,
  type BasePathMapping,
  type BasePathMappings,
  type CreateBasePathMappingRequest,
  type DeleteBasePathMappingRequest,
  type GetBasePathMappingRequest,
  type GetBasePathMappingsRequest,
  type UpdateBasePathMappingRequest,
} from '@gatehouse/admin-contract/apigateway';
import { conflict, notFound } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import type { DomainNameEntity } from '../domain-name/domain-name.entity.js';
import { domainKey, domainRow, findDomainName } from '../domain-name/find-domain-name.js';
import { BasePathMappingEntity } from './base-path-mapping.entity.js';
import { basePathMappingPatch } from './base-path-mapping.patch.js';
import { basePathMappingView } from './base-path-mapping.view.js';
import { checkBasePath, readBasePath } from './base-path.js';
import { lockTarget } from './mapped-target.js';

@Injectable()
export class BasePathMappingsService extends BasePathMappingsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async createBasePathMapping(call: AdminCall, input: CreateBasePathMappingRequest): Promise<BasePathMapping> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const domain = await findDomainName(manager, scope, input, true);
      const basePath = checkBasePath(input.basePath);
      const mapping: BasePathMappingEntity = {
        ...domainRow(domain),
        basePath,
        apiId: input.restApiId,
        stageName: input.stage || null,
      };
      await lockTarget(transaction, mapping);
      await requireFree(manager, mapping);
      await transaction.requireRoom('basePathMappings', BasePathMappingEntity, domainRow(domain));
      await manager.insert(BasePathMappingEntity, mapping);
      transaction.publish('domain', domainKey(domain));
      return basePathMappingView(mapping);
    });
  }

  override async getBasePathMapping(call: AdminCall, input: GetBasePathMappingRequest): Promise<BasePathMapping> {
    const { manager } = this.database;
    const domain = await findDomainName(manager, call.scope, input);
    return basePathMappingView(await findMapping(manager, domain, input.basePath));
  }

  /** Sorted by base path. */
  override async getBasePathMappings(call: AdminCall, input: GetBasePathMappingsRequest): Promise<BasePathMappings> {
    const { manager } = this.database;
    const domain = await findDomainName(manager, call.scope, input);
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['text']);
    const query = manager
      .createQueryBuilder(BasePathMappingEntity, 'mapping')
      .where(domainRow(domain))
      .orderBy('mapping.basePath', 'ASC')
      .take(limit + 1);
    if (after) query.andWhere('mapping.basePath > :basePath', { basePath: after[0] });
    const page = pageOf(await query.getMany(), limit, ({ basePath }) => [basePath]);
    return { item: page.items.map(basePathMappingView), position: page.position };
  }

  override async updateBasePathMapping(call: AdminCall, input: UpdateBasePathMappingRequest): Promise<BasePathMapping> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const domain = await findDomainName(manager, scope, input, true);
      const mapping = await findMapping(manager, domain, input.basePath);
      if (!input.patchOperations?.length) return basePathMappingView(mapping);
      const patched = applyPatch(basePathMappingPatch, mapping, input.patchOperations);
      await lockTarget(transaction, patched);
      if (patched.basePath !== mapping.basePath) await requireFree(manager, patched);
      await manager.update(BasePathMappingEntity, { ...domainRow(domain), basePath: mapping.basePath }, patched);
      transaction.publish('domain', domainKey(domain));
      return basePathMappingView(patched);
    });
  }

  override async deleteBasePathMapping(call: AdminCall, input: DeleteBasePathMappingRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const domain = await findDomainName(manager, scope, input, true);
      const { basePath } = await findMapping(manager, domain, input.basePath);
      await manager.delete(BasePathMappingEntity, { ...domainRow(domain), basePath });
      transaction.publish('domain', domainKey(domain));
    });
  }
}

async function findMapping(manager: EntityManager, domain: DomainNameEntity, text: string): Promise<BasePathMappingEntity> {
  const mapping = await manager.findOneBy(BasePathMappingEntity, { ...domainRow(domain), basePath: readBasePath(text) });
  if (!mapping) throw notFound('Invalid base path mapping identifier specified');
  return mapping;
}

/** The lock of the domain name is held. */
async function requireFree(
  manager: EntityManager,
  { accountId, region, domainName, domainNameId, basePath }: BasePathMappingEntity,
): Promise<void> {
  if (await manager.existsBy(BasePathMappingEntity, { accountId, region, domainName, domainNameId, basePath }))
    throw conflict('Base path already exists for this domain name');
}
