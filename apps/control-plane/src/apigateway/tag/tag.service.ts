import type { AdminCall } from '@gatehouse/admin-contract';
import {
  TagsOperations,
  type GetTagsRequest,
  type TagResourceRequest,
  type Tags,
  type UntagResourceRequest,
} from '@gatehouse/admin-contract/apigateway';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { checkTags } from './tag-rules.js';
import { findTagged } from './tagged-resource.js';

/** Tags act on nothing that gateways serve, so changing them publishes nothing. */
@Injectable()
export class TagsService extends TagsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async getTags(call: AdminCall, input: GetTagsRequest): Promise<Tags> {
    const { tags } = await findTagged(this.database.manager, call.scope, input.resourceArn);
    return { tags };
  }

  /** Adds tags; a key that is there already gets the new value. */
  override async tagResource(call: AdminCall, input: TagResourceRequest): Promise<void> {
    await this.unitOfWork.run(call, async ({ manager }) => {
      const resource = await findTagged(manager, call.scope, input.resourceArn, true);
      await resource.save(checkTags(input.tags, resource.tags));
    });
  }

  override async untagResource(call: AdminCall, input: UntagResourceRequest): Promise<void> {
    await this.unitOfWork.run(call, async ({ manager }) => {
      const resource = await findTagged(manager, call.scope, input.resourceArn, true);
      await resource.save(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !input.tagKeys.includes(key))));
    });
  }
}
