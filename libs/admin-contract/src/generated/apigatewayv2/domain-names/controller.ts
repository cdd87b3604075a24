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

  @Post('/v2/domainnames')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateDomainName', dto.CreateDomainNameRequest, dto.CreateDomainNameResponse)
  createDomainName(@Call() call: AdminCall, @Input(dto.CreateDomainNameRequest) input: dto.CreateDomainNameRequest) {
    return this.operations.createDomainName(call, input);
  }

  @Delete('/v2/domainnames/:domainName')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteDomainName', dto.DeleteDomainNameRequest)
  deleteDomainName(@Call() call: AdminCall, @Input(dto.DeleteDomainNameRequest) input: dto.DeleteDomainNameRequest) {
    return this.operations.deleteDomainName(call, input);
  }

  @Get('/v2/domainnames/:domainName')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetDomainName', dto.GetDomainNameRequest, dto.GetDomainNameResponse)
  getDomainName(@Call() call: AdminCall, @Input(dto.GetDomainNameRequest) input: dto.GetDomainNameRequest) {
    return this.operations.getDomainName(call, input);
  }

  @Get('/v2/domainnames')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetDomainNames', dto.GetDomainNamesRequest, dto.GetDomainNamesResponse)
  getDomainNames(@Call() call: AdminCall, @Input(dto.GetDomainNamesRequest) input: dto.GetDomainNamesRequest) {
    return this.operations.getDomainNames(call, input);
  }

  @Patch('/v2/domainnames/:domainName')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateDomainName', dto.UpdateDomainNameRequest, dto.UpdateDomainNameResponse)
  updateDomainName(@Call() call: AdminCall, @Input(dto.UpdateDomainNameRequest) input: dto.UpdateDomainNameRequest) {
    return this.operations.updateDomainName(call, input);
  }
}
