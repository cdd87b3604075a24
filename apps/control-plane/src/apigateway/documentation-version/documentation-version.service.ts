import type { AdminCall } from '@gatehouse/admin-contract';
import {
  DocumentationVersionsOperations,
  type CreateDocumentationVersionRequest,
  type DeleteDocumentationVersionRequest,
  type DocumentationVersion,
  type DocumentationVersions,
  type GetDocumentationVersionRequest,
  type GetDocumentationVersionsRequest,
  type UpdateDocumentationVersionRequest,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest, notFound } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { StageEntity } from '../stage/stage.entity.js';
import { DocumentationVersionEntity } from './documentation-version.entity.js';
import { documentationVersionPatch } from './documentation-version.patch.js';
import { documentationVersionView } from './documentation-version.view.js';
import { findDocumentationVersion } from './find-documentation-version.js';
import { makeDocumentationVersion } from './make-documentation-version.js';

@Injectable()
export class DocumentationVersionsService extends DocumentationVersionsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  /** Gateways serve no documentation, so a stage that names another version is not published anew. */
  override async createDocumentationVersion(
    call: AdminCall,
    input: CreateDocumentationVersionRequest,
  ): Promise<DocumentationVersion> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const stage = { ...scope, apiId, stageName: input.stageName ?? '' };
      if (input.stageName && !(await manager.existsBy(StageEntity, stage))) {
        throw notFound('Invalid Stage identifier specified');
      }
      const { documentationVersion: version, description } = input;
      const made = await makeDocumentationVersion(transaction, apiId, { version, description });
      if (input.stageName) {
        await manager.update(StageEntity, stage, { documentationVersion: made.version, lastUpdatedDate: new Date() });
      }
      return documentationVersionView(made);
    });
  }

  override async getDocumentationVersion(call: AdminCall, input: GetDocumentationVersionRequest): Promise<DocumentationVersion> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    return documentationVersionView(await findDocumentationVersion(manager, call.scope, apiId, input.documentationVersion));
  }

  /** In the order of creation. */
  override async getDocumentationVersions(
    call: AdminCall,
    input: GetDocumentationVersionsRequest,
  ): Promise<DocumentationVersions> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = manager
      .createQueryBuilder(DocumentationVersionEntity, 'version')
      .select(['version.accountId', 'version.region', 'version.apiId', 'version.version'])
      .addSelect(['version.description', 'version.createdDate'])
      .where({ ...call.scope, apiId })
      .orderBy({ 'version.createdDate': 'ASC', 'version.version': 'ASC' })
      .take(limit + 1);
    if (after)
      query.andWhere('(version.createdDate, version.version) > (:date, :version)', { date: after[0], version: after[1] });
    const page = pageOf(await query.getMany(), limit, (version) => [version.createdDate.toISOString(), version.version]);
    return { item: page.items.map(documentationVersionView), position: page.position };
  }

  override async updateDocumentationVersion(
    call: AdminCall,
    input: UpdateDocumentationVersionRequest,
  ): Promise<DocumentationVersion> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const version = await findDocumentationVersion(manager, scope, apiId, input.documentationVersion);
      const patched = applyPatch(documentationVersionPatch, version, input.patchOperations);
      const key = { ...scope, apiId, version: version.version };
      await manager.update(DocumentationVersionEntity, key, { description: patched.description });
      return documentationVersionView(patched);
    });
  }

  override async deleteDocumentationVersion(call: AdminCall, input: DeleteDocumentationVersionRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const { version } = await findDocumentationVersion(manager, scope, apiId, input.documentationVersion);
      if (await manager.existsBy(StageEntity, { ...scope, apiId, documentationVersion: version })) {
        throw badRequest('Active stages pointing to this documentation version must be moved or deleted');
      }
      await manager.delete(DocumentationVersionEntity, { ...scope, apiId, version });
    });
  }
}
