// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { DocumentationPartsOperations } from './operations.js';

@Controller()
export class DocumentationPartsController {
  constructor(@Inject(DocumentationPartsOperations) private readonly operations: DocumentationPartsOperations) {}

  @Post('/restapis/:restApiId/documentation/parts')
  @HttpCode(201)
  @Operation('apigateway', 'CreateDocumentationPart', dto.CreateDocumentationPartRequest, dto.DocumentationPart)
  createDocumentationPart(@Call() call: AdminCall, @Input(dto.CreateDocumentationPartRequest) input: dto.CreateDocumentationPartRequest) {
    return this.operations.createDocumentationPart(call, input);
  }

  @Delete('/restapis/:restApiId/documentation/parts/:documentationPartId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteDocumentationPart', dto.DeleteDocumentationPartRequest)
  deleteDocumentationPart(@Call() call: AdminCall, @Input(dto.DeleteDocumentationPartRequest) input: dto.DeleteDocumentationPartRequest) {
    return this.operations.deleteDocumentationPart(call, input);
  }

  @Get('/restapis/:restApiId/documentation/parts/:documentationPartId')
  @HttpCode(200)
  @Operation('apigateway', 'GetDocumentationPart', dto.GetDocumentationPartRequest, dto.DocumentationPart)
  getDocumentationPart(@Call() call: AdminCall, @Input(dto.GetDocumentationPartRequest) input: dto.GetDocumentationPartRequest) {
    return this.operations.getDocumentationPart(call, input);
  }

  @Get('/restapis/:restApiId/documentation/parts')
  @HttpCode(200)
  @Operation('apigateway', 'GetDocumentationParts', dto.GetDocumentationPartsRequest, dto.DocumentationParts)
  getDocumentationParts(@Call() call: AdminCall, @Input(dto.GetDocumentationPartsRequest) input: dto.GetDocumentationPartsRequest) {
    return this.operations.getDocumentationParts(call, input);
  }

  @Put('/restapis/:restApiId/documentation/parts')
  @HttpCode(200)
  @Operation('apigateway', 'ImportDocumentationParts', dto.ImportDocumentationPartsRequest, dto.DocumentationPartIds)
  importDocumentationParts(@Call() call: AdminCall, @Input(dto.ImportDocumentationPartsRequest) input: dto.ImportDocumentationPartsRequest) {
    return this.operations.importDocumentationParts(call, input);
  }

  @Patch('/restapis/:restApiId/documentation/parts/:documentationPartId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateDocumentationPart', dto.UpdateDocumentationPartRequest, dto.DocumentationPart)
  updateDocumentationPart(@Call() call: AdminCall, @Input(dto.UpdateDocumentationPartRequest) input: dto.UpdateDocumentationPartRequest) {
    return this.operations.updateDocumentationPart(call, input);
  }
}
