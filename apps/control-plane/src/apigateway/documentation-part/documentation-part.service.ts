import type { AdminCall } from '@gatehouse/admin-contract';
import {
  DocumentationPartsOperations,
  type CreateDocumentationPartRequest,
  type DeleteDocumentationPartRequest,
  type DocumentationPart,
  type DocumentationPartIds,
  type DocumentationParts,
  type GetDocumentationPartRequest,
  type GetDocumentationPartsRequest,
  type ImportDocumentationPartsRequest,
  type UpdateDocumentationPartRequest,
} from '@gatehouse/admin-contract/apigateway';
import { locationKey, type DocumentationLocation } from '@gatehouse/api-model';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { freeId } from '../../database/free-ids.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DocumentReader } from '../../imports/document-reader.js';
import { refuseWarnings, toldWarnings } from '../../imports/found-warnings.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { compare } from '../resource/resource-tree.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';
import { documentableLocations } from './documentable-locations.js';
import { completeLocation } from './documentation-location.js';
import { checkProperties, partExists, unknownPart } from './documentation-part-rules.js';
import { DocumentationPartEntity } from './documentation-part.entity.js';
import { documentationPartPatch } from './documentation-part.patch.js';
import { documentationPartView, undocumentedView } from './documentation-part.view.js';
import { saveDocumentationParts } from './save-documentation-parts.js';

@Injectable()
export class DocumentationPartsService extends DocumentationPartsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(DocumentReader) private readonly documentReader: DocumentReader,
  ) {
    super();
  }

  override async createDocumentationPart(call: AdminCall, input: CreateDocumentationPartRequest): Promise<DocumentationPart> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const location = completeLocation(input.location);
      const part: DocumentationPartEntity = {
        ...scope,
        apiId,
        documentationPartId: await freeId(transaction, DocumentationPartEntity, 'documentationPartId', { apiId }),
        location,
        properties: checkProperties(input.properties),
      };
      if (await findByLocation(manager, scope, apiId, location)) throw partExists(location);
      await transaction.requireRoom('documentationParts', DocumentationPartEntity, { apiId });
      await manager.insert(DocumentationPartEntity, part);
      return documentationPartView(part);
    });
  }

  override async getDocumentationPart(call: AdminCall, input: GetDocumentationPartRequest): Promise<DocumentationPart> {
    return documentationPartView(await findPart(this.database.manager, call.scope, input.restApiId, input.documentationPartId));
  }

  /** Those that match every filter given, by id; with `locationStatus=UNDOCUMENTED` instead the locations of the API that no part describes. */
  override async getDocumentationParts(call: AdminCall, input: GetDocumentationPartsRequest): Promise<DocumentationParts> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    if (input.locationStatus === 'UNDOCUMENTED') return undocumented(manager, call.scope, apiId, input);
    const limit = pageLimit(input.limit);
    const [after] = decodePosition(input.position, ['text']) ?? [];
    const query = manager
      .createQueryBuilder(DocumentationPartEntity, 'part')
      .where({ ...call.scope, apiId })
      .orderBy({ 'part.documentationPartId': 'ASC' })
      .take(limit + 1);
    if (after !== undefined) query.andWhere('part.documentationPartId > :after', { after });
    if (input.type) query.andWhere(`part.location ->> 'type' = :type`, { type: input.type });
    if (input.path) query.andWhere(`part.location ->> 'path' = :path`, { path: input.path });
    if (input.nameQuery) query.andWhere(`part.location ->> 'name' = :name`, { name: input.nameQuery });
    const page = pageOf(await query.getMany(), limit, (part) => [part.documentationPartId]);
    return { item: page.items.map(documentationPartView), position: page.position };
  }

  override async updateDocumentationPart(call: AdminCall, input: UpdateDocumentationPartRequest): Promise<DocumentationPart> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      // AWS looks for the part alone where it is read or changed, and for the API first where it is removed (recorded).
      const { apiId } = await transaction.lockApi(input.restApiId, unknownPart().message);
      const part = await findPart(manager, scope, apiId, input.documentationPartId);
      const patched = applyPatch(documentationPartPatch, part, input.patchOperations);
      const { documentationPartId, properties } = patched;
      await manager.update(DocumentationPartEntity, { ...scope, apiId, documentationPartId }, { properties });
      return documentationPartView(patched);
    });
  }

  override async deleteDocumentationPart(call: AdminCall, input: DeleteDocumentationPartRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const { documentationPartId } = await findPart(manager, scope, apiId, input.documentationPartId);
      await manager.delete(DocumentationPartEntity, { ...scope, apiId, documentationPartId });
    });
  }

  /** Merges unless told to overwrite. What cannot be taken is left out with a warning, or refuses everything with `failOnWarnings`. */
  override async importDocumentationParts(
    call: AdminCall,
    input: ImportDocumentationPartsRequest,
  ): Promise<DocumentationPartIds> {
    // The document is read before the lock, so that reading a large one makes nobody wait who edits the API.
    await findRestApi(this.database.manager, call.scope, input.restApiId);
    const { parts, warnings } = await this.documentReader.read(call.scope, 'documentation', input.body, undefined);
    refuseWarnings(warnings, input.failOnWarnings);
    return this.unitOfWork.run(call, async (transaction) => {
      const { apiId } = await transaction.lockApi(input.restApiId);
      const ids = await saveDocumentationParts(transaction, apiId, parts, input.mode ?? 'merge');
      return { ids, warnings: toldWarnings(warnings) };
    });
  }
}

async function findPart(manager: EntityManager, scope: Scope, apiId: string, id: string): Promise<DocumentationPartEntity> {
  const part = await manager.findOneBy(DocumentationPartEntity, { ...scope, apiId, documentationPartId: id });
  if (!part) throw unknownPart();
  return part;
}

function findByLocation(manager: EntityManager, scope: Scope, apiId: string, location: DocumentationLocation) {
  return manager
    .createQueryBuilder(DocumentationPartEntity, 'part')
    .where({ ...scope, apiId })
    .andWhere('part.location = :location::jsonb', { location: JSON.stringify(location) })
    .getOne();
}

async function undocumented(
  manager: EntityManager,
  scope: Scope,
  apiId: string,
  { limit: asked, position, type, path, nameQuery }: GetDocumentationPartsRequest,
): Promise<DocumentationParts> {
  const limit = pageLimit(asked);
  const [after = ''] = decodePosition(position, ['text']) ?? [];
  const parts = await manager.find(DocumentationPartEntity, { where: { ...scope, apiId }, select: { location: true } });
  const documented = new Set(parts.map(({ location }) => locationKey(location)));
  const missing = documentableLocations(await loadRestApiModel(manager, scope, apiId))
    .map((location) => ({ key: locationKey(location), location }))
    .filter(({ key }) => !documented.has(key) && key > after)
    .filter(({ location }) => !type || location.type === type)
    .filter(({ location }) => !path || location.path === path)
    .filter(({ location }) => !nameQuery || location.name === nameQuery)
    .sort((a, b) => compare(a.key, b.key));
  const page = pageOf(missing, limit, ({ key }) => [key]);
  return { item: page.items.map(({ location }) => undocumentedView(location)), position: page.position };
}
