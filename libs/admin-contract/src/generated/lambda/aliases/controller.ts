// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Post, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { AliasesOperations } from './operations.js';

@Controller()
export class AliasesController {
  constructor(@Inject(AliasesOperations) private readonly operations: AliasesOperations) {}

  @Post('/2015-03-31/functions/:FunctionName/aliases')
  @HttpCode(201)
  @Operation('lambda', 'CreateAlias', dto.CreateAliasRequest, dto.AliasConfiguration)
  createAlias(@Call() call: AdminCall, @Input(dto.CreateAliasRequest) input: dto.CreateAliasRequest) {
    return this.operations.createAlias(call, input);
  }

  @Delete('/2015-03-31/functions/:FunctionName/aliases/:Name')
  @HttpCode(204)
  @Operation('lambda', 'DeleteAlias', dto.DeleteAliasRequest)
  deleteAlias(@Call() call: AdminCall, @Input(dto.DeleteAliasRequest) input: dto.DeleteAliasRequest) {
    return this.operations.deleteAlias(call, input);
  }

  @Get('/2015-03-31/functions/:FunctionName/aliases/:Name')
  @HttpCode(200)
  @Operation('lambda', 'GetAlias', dto.GetAliasRequest, dto.AliasConfiguration)
  getAlias(@Call() call: AdminCall, @Input(dto.GetAliasRequest) input: dto.GetAliasRequest) {
    return this.operations.getAlias(call, input);
  }

  @Get('/2015-03-31/functions/:FunctionName/aliases')
  @HttpCode(200)
  @Operation('lambda', 'ListAliases', dto.ListAliasesRequest, dto.ListAliasesResponse)
  listAliases(@Call() call: AdminCall, @Input(dto.ListAliasesRequest) input: dto.ListAliasesRequest) {
    return this.operations.listAliases(call, input);
  }

  @Put('/2015-03-31/functions/:FunctionName/aliases/:Name')
  @HttpCode(200)
  @Operation('lambda', 'UpdateAlias', dto.UpdateAliasRequest, dto.AliasConfiguration)
  updateAlias(@Call() call: AdminCall, @Input(dto.UpdateAliasRequest) input: dto.UpdateAliasRequest) {
    return this.operations.updateAlias(call, input);
  }
}
