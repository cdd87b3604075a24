import type { AdminCall } from '@gatehouse/admin-contract';
import {
  ResourcesOperations,
  type CreateResourceRequest,
  type DeleteResourceRequest,
  type GetResourceRequest,
  type GetResourcesRequest,
  type Resource,
  type Resources,
  type UpdateResourceRequest,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { freeId } from '../../database/free-ids.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { MethodEntity } from '../method/method.entity.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { groupBy } from './group-by.js';
import { checkPathPart } from './path-part.js';
import { checkPlace, unknownResource } from './resource-rules.js';
import { loadResourceTree } from './resource-tree.js';
import { ResourceEntity } from './resource.entity.js';
import { resourcePatch } from './resource.patch.js';
import { resourceView } from './resource.view.js';

@Injectable()
export class ResourcesService extends ResourcesOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async createResource(call: AdminCall, input: CreateResourceRequest): Promise<Resource> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { apiId } = await transaction.lockApi(input.restApiId);
      const tree = await loadResourceTree(transaction.manager, call.scope, apiId);
      const resource = Object.assign(new ResourceEntity(), {
        ...call.scope,
        apiId,
        resourceId: await freeId(transaction, ResourceEntity, 'resourceId', { apiId }),
        parentId: input.parentId,
        pathPart: checkPathPart(input.pathPart),
      } satisfies ResourceEntity);
      checkPlace(tree, resource);
      await transaction.requireRoom('resources', ResourceEntity, { apiId });
      await transaction.manager.insert(ResourceEntity, resource);
      return resourceView(resource, tree.with(resource).path(resource), []);
    });
  }

  override async getResource(call: AdminCall, input: GetResourceRequest): Promise<Resource> {
    const { restApiId: apiId, resourceId } = input;
    const tree = await loadResourceTree(this.database.manager, call.scope, apiId);
    const resource = tree.find(resourceId);
    if (!resource) throw unknownResource();
    const methods = await this.database.manager.findBy(MethodEntity, { ...call.scope, apiId, resourceId });
    return resourceView(resource, tree.path(resource), methods, embedsMethods(input.embed));
  }

  /** Sorted by path, the root first. */
  override async getResources(call: AdminCall, input: GetResourcesRequest): Promise<Resources> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const limit = pageLimit(input.limit);
    const [after] = decodePosition(input.position, ['text']) ?? [];
    const all = (await loadResourceTree(manager, call.scope, apiId)).sortedByPath();
    const rest = after === undefined ? all : all.filter(({ path }) => path > after);
    const page = pageOf(rest, limit, ({ path }) => [path]);
    const ids = page.items.map(({ resource }) => resource.resourceId);
    const found = await manager.findBy(MethodEntity, { ...call.scope, apiId, resourceId: In(ids) });
    const methods = groupBy(found, (method) => method.resourceId);
    return {
      item: page.items.map(({ resource, path }) =>
        resourceView(resource, path, methods.get(resource.resourceId) ?? [], embedsMethods(input.embed)),
      ),
      position: page.position,
    };
  }

  /** Renames or moves; the paths of everything below follow. */
  override async updateResource(call: AdminCall, input: UpdateResourceRequest): Promise<Resource> {
    const { restApiId: apiId, resourceId } = input;
    return this.unitOfWork.run(call, async (transaction) => {
      await transaction.lockApi(apiId, unknownResource().message);
      const tree = await loadResourceTree(transaction.manager, call.scope, apiId);
      const resource = tree.find(resourceId);
      if (!resource) throw unknownResource();
      const patched = applyPatch(resourcePatch, resource, input.patchOperations);
      if (patched.parentId !== null) checkPlace(tree, patched);
      const key = { ...call.scope, apiId, resourceId };
      await transaction.manager.update(ResourceEntity, key, { parentId: patched.parentId, pathPart: patched.pathPart });
      const methods = await transaction.manager.findBy(MethodEntity, key);
      return resourceView(patched, tree.with(patched).path(patched), methods);
    });
  }

  /** Removes the resource and everything below it. */
  override async deleteResource(call: AdminCall, input: DeleteResourceRequest): Promise<void> {
    const { restApiId: apiId, resourceId } = input;
    await this.unitOfWork.run(call, async (transaction) => {
      const api = await transaction.lockApi(apiId, unknownResource().message);
      if (resourceId === api.rootResourceId) throw badRequest('Root resource cannot be deleted.');
      const { affected } = await transaction.manager.delete(ResourceEntity, { ...call.scope, apiId, resourceId });
      if (affected === 0) throw unknownResource();
    });
  }
}

/** `embed` may be repeated or comma-separated. */
function embedsMethods(embed: string[] | undefined): boolean {
  return embed?.some((each) => each.split(',').includes('methods')) ?? false;
}
