// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { DomainNamesOperations } from './operations.js';

@Controller()
export class DomainNamesController {
  constructor(@Inject(DomainNamesOperations) private readonly operations: DomainNamesOperations) {}

  @Post('/domainnames')
  @HttpCode(201)
  @Operation('apigateway', 'CreateDomainName', dto.CreateDomainNameRequest, dto.DomainName)
  createDomainName(@Call() call: AdminCall, @Input(dto.CreateDomainNameRequest) input: dto.CreateDomainNameRequest) {
    return this.operations.createDomainName(call, input);
  }

  @Delete('/domainnames/:domainName')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteDomainName', dto.DeleteDomainNameRequest)
  deleteDomainName(@Call() call: AdminCall, @Input(dto.DeleteDomainNameRequest) input: dto.DeleteDomainNameRequest) {
    return this.operations.deleteDomainName(call, input);
  }

  @Get('/domainnames/:domainName')
  @HttpCode(200)
  @Operation('apigateway', 'GetDomainName', dto.GetDomainNameRequest, dto.DomainName)
  getDomainName(@Call() call: AdminCall, @Input(dto.GetDomainNameRequest) input: dto.GetDomainNameRequest) {
    return this.operations.getDomainName(call, input);
  }

  @Get('/domainnames')
  @HttpCode(200)
  @Operation('apigateway', 'GetDomainNames', dto.GetDomainNamesRequest, dto.DomainNames)
  getDomainNames(@Call() call: AdminCall, @Input(dto.GetDomainNamesRequest) input: dto.GetDomainNamesRequest) {
    return this.operations.getDomainNames(call, input);
  }

  @Patch('/domainnames/:domainName')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateDomainName', dto.UpdateDomainNameRequest, dto.DomainName)
  updateDomainName(@Call() call: AdminCall, @Input(dto.UpdateDomainNameRequest) input: dto.UpdateDomainNameRequest) {
    return this.operations.updateDomainName(call, input);
  }
}
