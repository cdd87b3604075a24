import type { AdminCall } from '@gatehouse/admin-contract';
import {
  AliasesOperations,
  type AliasConfiguration,
  type CreateAliasRequest,
  type DeleteAliasRequest,
  type GetAliasRequest,
  type ListAliasesRequest,
  type ListAliasesResponse,
  type UpdateAliasRequest,
} from '@gatehouse/admin-contract/lambda';
import { functionArn } from '@gatehouse/lambda-contract';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageOf } from '../../paging/page.js';
import { FunctionAliasEntity } from '../function/function-alias.entity.js';
import { FunctionStatementEntity } from '../function/function-statement.entity.js';
import { findFunction, wholeFunction } from '../function/find-function.js';
import { checkRevision } from '../function/revision.js';
import { decodeMarker, itemsOfPage } from '../list-pages.js';
import { resourceConflict, resourceNotFound } from '../refusals.js';
import { checkRouting } from './alias-routing.js';
import { aliasView } from './alias.view.js';

@Injectable()
export class AliasesService extends AliasesOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async createAlias(call: AdminCall, input: CreateAliasRequest): Promise<AliasConfiguration> {
    const { scope } = call;
    const target = wholeFunction(scope, input.FunctionName);
    const { functionName } = target;
    const alias = Object.assign(new FunctionAliasEntity(), {
      ...scope,
      functionName,
      aliasName: input.Name,
      revisionId: randomUUID(),
      version: input.FunctionVersion,
      description: input.Description ?? '',
      routing: Object.entries(input.RoutingConfig?.AdditionalVersionWeights ?? {}),
    });
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockFunction(functionName);
      if (await manager.existsBy(FunctionAliasEntity, { ...scope, functionName, aliasName: alias.aliasName })) {
        throw resourceConflict(`Alias already exists: ${functionArn({ ...target, qualifier: alias.aliasName })}`);
      }
      await checkRouting(manager, scope, target, alias.version, alias.routing);
      await transaction.requireRoom('functionAliases', FunctionAliasEntity, { functionName });
      await manager.insert(FunctionAliasEntity, alias);
      transaction.publish('function', functionName);
      return aliasView(alias);
    });
  }

  override async getAlias(call: AdminCall, input: GetAliasRequest): Promise<AliasConfiguration> {
    const target = wholeFunction(call.scope, input.FunctionName);
    const { functionName } = await findFunction(this.database.manager, call.scope, target);
    const alias = await this.database.manager.findOneBy(FunctionAliasEntity, {
      ...call.scope,
      functionName,
      aliasName: input.Name,
    });
    if (!alias) throw resourceNotFound(`Cannot find alias arn: ${functionArn({ ...target, qualifier: input.Name })}`);
    return aliasView(alias);
  }

  /** By name; with `FunctionVersion` those that point to that version. */
  override async listAliases(call: AdminCall, input: ListAliasesRequest): Promise<ListAliasesResponse> {
    const target = wholeFunction(call.scope, input.FunctionName);
    const { manager } = this.database;
    const { functionName } = await findFunction(manager, call.scope, target);
    const limit = itemsOfPage(input.MaxItems);
    const after = decodeMarker(input.Marker, ['text']);
    const query = manager
      .createQueryBuilder(FunctionAliasEntity, 'alias')
      .where({ ...call.scope, functionName, ...(input.FunctionVersion && { version: input.FunctionVersion }) })
      .orderBy('alias.aliasName', 'ASC')
      .limit(limit + 1);
    if (after) query.andWhere('alias.aliasName > :after', { after: after[0] });
    const page = pageOf(await query.getMany(), limit, ({ aliasName }) => [aliasName]);
    return { Aliases: page.items.map(aliasView), NextMarker: page.position };
  }

  /** What the request does not say stays; a routing configuration without weights ends the sharing. */
  override async updateAlias(call: AdminCall, input: UpdateAliasRequest): Promise<AliasConfiguration> {
    const { scope } = call;
    const target = wholeFunction(scope, input.FunctionName);
    const { functionName } = target;
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockFunction(functionName);
      const key = { ...scope, functionName, aliasName: input.Name };
      const alias = await manager.findOneBy(FunctionAliasEntity, key);
      if (!alias) throw resourceNotFound(`Alias not found: ${functionArn({ ...target, qualifier: input.Name })}`);
      checkRevision(input.RevisionId, alias.revisionId);
      const { RoutingConfig } = input;
      Object.assign(alias, {
        revisionId: randomUUID(),
        version: input.FunctionVersion ?? alias.version,
        description: input.Description ?? alias.description,
        routing: RoutingConfig ? Object.entries(RoutingConfig.AdditionalVersionWeights ?? {}) : alias.routing,
      });
      await checkRouting(manager, scope, target, alias.version, alias.routing);
      await manager.update(FunctionAliasEntity, key, alias);
      transaction.publish('function', functionName);
      return aliasView(alias);
    });
  }

  /** With the policy of the alias. One that is not there is no error, as at AWS. */
  override async deleteAlias(call: AdminCall, input: DeleteAliasRequest): Promise<void> {
    const { functionName } = wholeFunction(call.scope, input.FunctionName);
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      await transaction.lockFunction(functionName);
      await manager.delete(FunctionStatementEntity, { ...scope, functionName, qualifier: input.Name });
      const { affected } = await manager.delete(FunctionAliasEntity, { ...scope, functionName, aliasName: input.Name });
      if (affected) transaction.publish('function', functionName);
    });
  }
}
