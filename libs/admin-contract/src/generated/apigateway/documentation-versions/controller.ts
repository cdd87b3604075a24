// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { DocumentationVersionsOperations } from './operations.js';

@Controller()
export class DocumentationVersionsController {
  constructor(@Inject(DocumentationVersionsOperations) private readonly operations: DocumentationVersionsOperations) {}

  @Post('/restapis/:restApiId/documentation/versions')
  @HttpCode(201)
  @Operation('apigateway', 'CreateDocumentationVersion', dto.CreateDocumentationVersionRequest, dto.DocumentationVersion)
  createDocumentationVersion(@Call() call: AdminCall, @Input(dto.CreateDocumentationVersionRequest) input: dto.CreateDocumentationVersionRequest) {
    return this.operations.createDocumentationVersion(call, input);
  }

  @Delete('/restapis/:restApiId/documentation/versions/:documentationVersion')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteDocumentationVersion', dto.DeleteDocumentationVersionRequest)
  deleteDocumentationVersion(@Call() call: AdminCall, @Input(dto.DeleteDocumentationVersionRequest) input: dto.DeleteDocumentationVersionRequest) {
    return this.operations.deleteDocumentationVersion(call, input);
  }

  @Get('/restapis/:restApiId/documentation/versions/:documentationVersion')
  @HttpCode(200)
  @Operation('apigateway', 'GetDocumentationVersion', dto.GetDocumentationVersionRequest, dto.DocumentationVersion)
  getDocumentationVersion(@Call() call: AdminCall, @Input(dto.GetDocumentationVersionRequest) input: dto.GetDocumentationVersionRequest) {
    return this.operations.getDocumentationVersion(call, input);
  }

  @Get('/restapis/:restApiId/documentation/versions')
  @HttpCode(200)
  @Operation('apigateway', 'GetDocumentationVersions', dto.GetDocumentationVersionsRequest, dto.DocumentationVersions)
  getDocumentationVersions(@Call() call: AdminCall, @Input(dto.GetDocumentationVersionsRequest) input: dto.GetDocumentationVersionsRequest) {
    return this.operations.getDocumentationVersions(call, input);
  }

  @Patch('/restapis/:restApiId/documentation/versions/:documentationVersion')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateDocumentationVersion', dto.UpdateDocumentationVersionRequest, dto.DocumentationVersion)
  updateDocumentationVersion(@Call() call: AdminCall, @Input(dto.UpdateDocumentationVersionRequest) input: dto.UpdateDocumentationVersionRequest) {
    return this.operations.updateDocumentationVersion(call, input);
  }
}
