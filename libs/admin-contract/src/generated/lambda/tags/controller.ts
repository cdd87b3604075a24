// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { TagsOperations } from './operations.js';

@Controller()
export class TagsController {
  constructor(@Inject(TagsOperations) private readonly operations: TagsOperations) {}

  @Get('/2017-03-31/tags/:Resource')
  @HttpCode(200)
  @Operation('lambda', 'ListTags', dto.ListTagsRequest, dto.ListTagsResponse)
  listTags(@Call() call: AdminCall, @Input(dto.ListTagsRequest) input: dto.ListTagsRequest) {
    return this.operations.listTags(call, input);
  }

  @Post('/2017-03-31/tags/:Resource')
  @HttpCode(204)
  @Operation('lambda', 'TagResource', dto.TagResourceRequest)
  tagResource(@Call() call: AdminCall, @Input(dto.TagResourceRequest) input: dto.TagResourceRequest) {
    return this.operations.tagResource(call, input);
  }

  @Delete('/2017-03-31/tags/:Resource')
  @HttpCode(204)
  @Operation('lambda', 'UntagResource', dto.UntagResourceRequest)
  untagResource(@Call() call: AdminCall, @Input(dto.UntagResourceRequest) input: dto.UntagResourceRequest) {
    return this.operations.untagResource(call, input);
  }
}
