// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with tags. A service extends it and overrides what is built. */
export class TagsOperations {
  async getTags(_call: AdminCall, _input: dto.GetTagsRequest): Promise<dto.GetTagsResponse> {
    throw notBuilt('GetTags');
  }

  async tagResource(_call: AdminCall, _input: dto.TagResourceRequest): Promise<dto.TagResourceResponse> {
    throw notBuilt('TagResource');
  }

  async untagResource(_call: AdminCall, _input: dto.UntagResourceRequest): Promise<void> {
    throw notBuilt('UntagResource');
  }
}
