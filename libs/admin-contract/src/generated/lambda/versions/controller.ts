// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Get, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { VersionsOperations } from './operations.js';

@Controller()
export class VersionsController {
  constructor(@Inject(VersionsOperations) private readonly operations: VersionsOperations) {}

  @Get('/2015-03-31/functions/:FunctionName/versions')
  @HttpCode(200)
  @Operation('lambda', 'ListVersionsByFunction', dto.ListVersionsByFunctionRequest, dto.ListVersionsByFunctionResponse)
  listVersionsByFunction(@Call() call: AdminCall, @Input(dto.ListVersionsByFunctionRequest) input: dto.ListVersionsByFunctionRequest) {
    return this.operations.listVersionsByFunction(call, input);
  }

  @Post('/2015-03-31/functions/:FunctionName/versions')
  @HttpCode(201)
  @Operation('lambda', 'PublishVersion', dto.PublishVersionRequest, dto.FunctionConfiguration)
  publishVersion(@Call() call: AdminCall, @Input(dto.PublishVersionRequest) input: dto.PublishVersionRequest) {
    return this.operations.publishVersion(call, input);
  }
}
