import type { AdminCall } from '@gatehouse/admin-contract';
import {
  RestApisOperations,
  type CreateRestApiRequest,
  type DeleteRestApiRequest,
  type GetRestApiRequest,
  type GetRestApisRequest,
  type ImportRestApiRequest,
  type PutRestApiRequest,
  type RestApi,
  type RestApis,
  type UpdateRestApiRequest,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest, longId } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DocumentReader } from '../../imports/document-reader.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { refuseWhileApiMapped } from '../base-path-mapping/mapped-target.js';
import { newDefaultModels } from '../model/default-models.js';
import { ModelEntity } from '../model/model.entity.js';
import { ResourceEntity } from '../resource/resource.entity.js';
import { importRestApi, putRestApi } from '../rest-api-import/import-rest-api.js';
import { StageEntity } from '../stage/stage.entity.js';
import { checkTags } from '../tag/tag-rules.js';
import { UsagePlanStageEntity } from '../usage-plan/usage-plan-stage.entity.js';
import { cloneParts, likeSource } from './clone-rest-api.js';
import { checkEndpointConfiguration, completeEndpointConfiguration } from './endpoint-configuration.js';
import { findRestApi } from './find-rest-api.js';
import { requireRoomForApi } from './require-room-for-api.js';
import { checkCompressionSize, checkDescription, checkName, checkResourcePolicy } from './rest-api-rules.js';
import { RestApiEntity } from './rest-api.entity.js';
import { restApiPatch } from './rest-api.patch.js';
import { restApiView } from './rest-api.view.js';

@Injectable()
export class RestApisService extends RestApisOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(DocumentReader) private readonly documentReader: DocumentReader,
  ) {
    super();
  }

  override async createRestApi(call: AdminCall, input: CreateRestApiRequest): Promise<RestApi> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const source = input.cloneFrom ? await transaction.lockApi(input.cloneFrom) : undefined;
      const api = newRestApi(call.scope, source ? likeSource(source, input) : input);
      const { apiId, rootResourceId: resourceId } = api;
      await manager.insert(RestApiEntity, api);
      await requireRoomForApi(transaction, api);
      if (source) await cloneParts(manager, source, api);
      else {
        await manager.insert(ResourceEntity, { ...call.scope, apiId, resourceId, parentId: null, pathPart: null });
        await manager.insert(ModelEntity, newDefaultModels(call.scope, apiId));
      }
      return restApiView(api, { withEmptyTags: false });
    });
  }

  override async getRestApi(call: AdminCall, input: GetRestApiRequest): Promise<RestApi> {
    const api = await findRestApi(this.database.manager, call.scope, input.restApiId);
    return restApiView(api, { withEmptyTags: true });
  }

  /** In the order of creation, so that an API created meanwhile shows up on the last page. */
  override async getRestApis(call: AdminCall, input: GetRestApisRequest): Promise<RestApis> {
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = this.database.manager
      .createQueryBuilder(RestApiEntity, 'api')
      .where({ ...call.scope })
      .orderBy({ 'api.createdDate': 'ASC', 'api.apiId': 'ASC' })
      .take(limit + 1);
    if (after)
      query.andWhere('(api.createdDate, api.apiId) > (:createdDate, :apiId)', { createdDate: after[0], apiId: after[1] });
    const page = pageOf(await query.getMany(), limit, (api) => [api.createdDate.toISOString(), api.apiId]);
    return { item: page.items.map((api) => restApiView(api, { withEmptyTags: false })), position: page.position };
  }

  override async updateRestApi(call: AdminCall, input: UpdateRestApiRequest): Promise<RestApi> {
    return this.unitOfWork.run(call, async (transaction) => {
      const api = await transaction.lockApi(input.restApiId);
      const patched = applyPatch(restApiPatch, api, input.patchOperations);
      checkEndpointConfiguration(patched.endpointConfiguration);
      await transaction.manager.update(RestApiEntity, { ...call.scope, apiId: patched.apiId }, patched);
      if (patched.endpointConfiguration.types[0] !== api.endpointConfiguration.types[0]) {
        await requireRoomForApi(transaction, patched);
      }
      return restApiView(patched, { withEmptyTags: true });
    });
  }

  override async importRestApi(call: AdminCall, input: ImportRestApiRequest): Promise<RestApi> {
    return importRestApi(this.unitOfWork, this.documentReader, call, input);
  }

  override async putRestApi(call: AdminCall, input: PutRestApiRequest): Promise<RestApi> {
    return putRestApi(this.database.manager, this.unitOfWork, this.documentReader, call, input);
  }

  /** Removes the API and everything below it; gateways stop serving its stages. */
  override async deleteRestApi(call: AdminCall, input: DeleteRestApiRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { apiId } = await transaction.lockApi(input.restApiId);
      await refuseWhilePlanned(transaction.manager, call.scope, apiId);
      await refuseWhileApiMapped(transaction.manager, call.scope, apiId);
      const stages = await transaction.manager.findBy(StageEntity, { ...call.scope, apiId });
      for (const { stageName } of stages) transaction.publish('stage', `${apiId}/${stageName}`, true);
      await transaction.manager.delete(RestApiEntity, { ...call.scope, apiId });
    });
  }
}

function newRestApi(scope: Scope, input: CreateRestApiRequest): RestApiEntity {
  const api = new RestApiEntity();
  return Object.assign(api, {
    ...scope,
    apiId: longId(),
    name: checkName(input.name),
    description: checkDescription(input.description),
    version: input.version ?? null,
    createdDate: new Date(),
    apiKeySource: input.apiKeySource ?? 'HEADER',
    disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
    minimumCompressionSize: checkCompressionSize(input.minimumCompressionSize),
    endpointConfiguration: completeEndpointConfiguration(input.endpointConfiguration),
    binaryMediaTypes: [...new Set(input.binaryMediaTypes)],
    policy: checkResourcePolicy(input.policy),
    securityPolicy: input.securityPolicy ?? null,
    endpointAccessMode: input.endpointAccessMode ?? null,
    rootResourceId: longId(),
    tags: checkTags(input.tags ?? {}),
  } satisfies RestApiEntity);
}

async function refuseWhilePlanned(manager: EntityManager, scope: Scope, apiId: string): Promise<void> {
  const planned = await manager.findOne(UsagePlanStageEntity, {
    where: { ...scope, apiId },
    order: { stageName: 'ASC', usagePlanId: 'ASC' },
  });
  if (!planned) return;
  throw badRequest(
    `Cannot delete API ${apiId} because its stage ${planned.stageName} is associated with Usage Plan ${planned.usagePlanId}`,
  );
}
