import type { AdminCall } from '@gatehouse/admin-contract';
import {
  TagsOperations,
  type ListTagsRequest,
  type ListTagsResponse,
  type TagResourceRequest,
  type UntagResourceRequest,
} from '@gatehouse/admin-contract/lambda';
import type { FunctionName } from '@gatehouse/lambda-contract';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { functionTarget } from '../function-target.js';
import { FunctionEntity } from '../function/function.entity.js';
import { findFunction } from '../function/find-function.js';
import { invalidParameter, resourceNotFound } from '../refusals.js';
import { checkFunctionTags } from './function-tags.js';

/** Tags act on nothing that functions processes run, so changing them publishes nothing. */
@Injectable()
export class FunctionTagsService extends TagsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async listTags(call: AdminCall, input: ListTagsRequest): Promise<ListTagsResponse> {
    const { tags } = await findFunction(this.database.manager, call.scope, taggedFunction(call.scope, input.Resource));
    return { Tags: tags };
  }

  /** Adds tags; a key that is there already gets the new value. */
  override async tagResource(call: AdminCall, input: TagResourceRequest): Promise<void> {
    const { functionName } = taggedFunction(call.scope, input.Resource);
    if (Object.keys(input.Tags).length === 0) throw invalidParameter('An error occurred and the request cannot be processed.');
    await this.unitOfWork.run(call, async (transaction) => {
      const { tags } = await transaction.lockFunction(functionName);
      await transaction.manager.update(
        FunctionEntity,
        { ...call.scope, functionName },
        { tags: checkFunctionTags(input.Tags, tags) },
      );
    });
  }

  override async untagResource(call: AdminCall, input: UntagResourceRequest): Promise<void> {
    const { functionName } = taggedFunction(call.scope, input.Resource);
    await this.unitOfWork.run(call, async (transaction) => {
      const { tags } = await transaction.lockFunction(functionName);
      const rest = Object.fromEntries(Object.entries(tags).filter(([key]) => !input.TagKeys.includes(key)));
      await transaction.manager.update(FunctionEntity, { ...call.scope, functionName }, { tags: rest });
    });
  }
}

/** Only functions have tags here. Throws `ResourceNotFoundException` for what else an ARN names, `InvalidParameterValueException` for versions and aliases. */
function taggedFunction(scope: Scope, resource: string): FunctionName {
  if (!/^arn:[a-z-]+:lambda:[^:]+:\d+:function:/.test(resource))
    throw resourceNotFound(`The resource ${resource} does not exist.`);
  const target = functionTarget(scope, resource, undefined);
  if (target.qualifier !== null) {
    throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.');
  }
  return target;
}
