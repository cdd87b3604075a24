// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with tags. A service extends it and overrides what is built. */
export class TagsOperations {
  async listTags(_call: AdminCall, _input: dto.ListTagsRequest): Promise<dto.ListTagsResponse> {
    throw notBuilt('ListTags');
  }

  async tagResource(_call: AdminCall, _input: dto.TagResourceRequest): Promise<void> {
    throw notBuilt('TagResource');
  }

  async untagResource(_call: AdminCall, _input: dto.UntagResourceRequest): Promise<void> {
    throw notBuilt('UntagResource');
  }
}
