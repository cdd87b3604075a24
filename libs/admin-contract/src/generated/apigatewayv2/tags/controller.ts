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

  @Get('/v2/tags/:resourceArn')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetTags', dto.GetTagsRequest, dto.GetTagsResponse)
  getTags(@Call() call: AdminCall, @Input(dto.GetTagsRequest) input: dto.GetTagsRequest) {
    return this.operations.getTags(call, input);
  }

  @Post('/v2/tags/:resourceArn')
  @HttpCode(201)
  @Operation('apigatewayv2', 'TagResource', dto.TagResourceRequest, dto.TagResourceResponse)
  tagResource(@Call() call: AdminCall, @Input(dto.TagResourceRequest) input: dto.TagResourceRequest) {
    return this.operations.tagResource(call, input);
  }

  @Delete('/v2/tags/:resourceArn')
  @HttpCode(204)
  @Operation('apigatewayv2', 'UntagResource', dto.UntagResourceRequest)
  untagResource(@Call() call: AdminCall, @Input(dto.UntagResourceRequest) input: dto.UntagResourceRequest) {
    return this.operations.untagResource(call, input);
  }
}
