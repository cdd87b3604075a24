// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { DomainNameAccessAssociationsOperations } from './operations.js';

@Controller()
export class DomainNameAccessAssociationsController {
  constructor(@Inject(DomainNameAccessAssociationsOperations) private readonly operations: DomainNameAccessAssociationsOperations) {}

  @Post('/domainnameaccessassociations')
  @HttpCode(201)
  @Operation('apigateway', 'CreateDomainNameAccessAssociation', dto.CreateDomainNameAccessAssociationRequest, dto.DomainNameAccessAssociation)
  createDomainNameAccessAssociation(@Call() call: AdminCall, @Input(dto.CreateDomainNameAccessAssociationRequest) input: dto.CreateDomainNameAccessAssociationRequest) {
    return this.operations.createDomainNameAccessAssociation(call, input);
  }

  @Delete('/domainnameaccessassociations/:domainNameAccessAssociationArn')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteDomainNameAccessAssociation', dto.DeleteDomainNameAccessAssociationRequest)
  deleteDomainNameAccessAssociation(@Call() call: AdminCall, @Input(dto.DeleteDomainNameAccessAssociationRequest) input: dto.DeleteDomainNameAccessAssociationRequest) {
    return this.operations.deleteDomainNameAccessAssociation(call, input);
  }

  @Get('/domainnameaccessassociations')
  @HttpCode(200)
  @Operation('apigateway', 'GetDomainNameAccessAssociations', dto.GetDomainNameAccessAssociationsRequest, dto.DomainNameAccessAssociations)
  getDomainNameAccessAssociations(@Call() call: AdminCall, @Input(dto.GetDomainNameAccessAssociationsRequest) input: dto.GetDomainNameAccessAssociationsRequest) {
    return this.operations.getDomainNameAccessAssociations(call, input);
  }

  @Post('/rejectdomainnameaccessassociations')
  @HttpCode(202)
  @Operation('apigateway', 'RejectDomainNameAccessAssociation', dto.RejectDomainNameAccessAssociationRequest)
  rejectDomainNameAccessAssociation(@Call() call: AdminCall, @Input(dto.RejectDomainNameAccessAssociationRequest) input: dto.RejectDomainNameAccessAssociationRequest) {
    return this.operations.rejectDomainNameAccessAssociation(call, input);
  }
}
