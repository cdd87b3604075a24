// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Post, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { FunctionsOperations } from './operations.js';

@Controller()
export class FunctionsController {
  constructor(@Inject(FunctionsOperations) private readonly operations: FunctionsOperations) {}

  @Post('/2015-03-31/functions')
  @HttpCode(201)
  @Operation('lambda', 'CreateFunction', dto.CreateFunctionRequest, dto.FunctionConfiguration)
  createFunction(@Call() call: AdminCall, @Input(dto.CreateFunctionRequest) input: dto.CreateFunctionRequest) {
    return this.operations.createFunction(call, input);
  }

  @Delete('/2015-03-31/functions/:FunctionName')
  @HttpCode(200)
  @Operation('lambda', 'DeleteFunction', dto.DeleteFunctionRequest, dto.DeleteFunctionResponse)
  deleteFunction(@Call() call: AdminCall, @Input(dto.DeleteFunctionRequest) input: dto.DeleteFunctionRequest) {
    return this.operations.deleteFunction(call, input);
  }

  @Get('/2015-03-31/functions/:FunctionName')
  @HttpCode(200)
  @Operation('lambda', 'GetFunction', dto.GetFunctionRequest, dto.GetFunctionResponse)
  getFunction(@Call() call: AdminCall, @Input(dto.GetFunctionRequest) input: dto.GetFunctionRequest) {
    return this.operations.getFunction(call, input);
  }

  @Get('/2015-03-31/functions')
  @HttpCode(200)
  @Operation('lambda', 'ListFunctions', dto.ListFunctionsRequest, dto.ListFunctionsResponse)
  listFunctions(@Call() call: AdminCall, @Input(dto.ListFunctionsRequest) input: dto.ListFunctionsRequest) {
    return this.operations.listFunctions(call, input);
  }

  @Put('/2015-03-31/functions/:FunctionName/code')
  @HttpCode(200)
  @Operation('lambda', 'UpdateFunctionCode', dto.UpdateFunctionCodeRequest, dto.FunctionConfiguration)
  updateFunctionCode(@Call() call: AdminCall, @Input(dto.UpdateFunctionCodeRequest) input: dto.UpdateFunctionCodeRequest) {
    return this.operations.updateFunctionCode(call, input);
  }

  @Get('/2020-06-30/functions/:FunctionName/code-signing-config')
  @HttpCode(200)
  @Operation('lambda', 'GetFunctionCodeSigningConfig', dto.GetFunctionCodeSigningConfigRequest, dto.GetFunctionCodeSigningConfigResponse)
  getFunctionCodeSigningConfig(@Call() call: AdminCall, @Input(dto.GetFunctionCodeSigningConfigRequest) input: dto.GetFunctionCodeSigningConfigRequest) {
    return this.operations.getFunctionCodeSigningConfig(call, input);
  }

  @Get('/2015-03-31/functions/:FunctionName/configuration')
  @HttpCode(200)
  @Operation('lambda', 'GetFunctionConfiguration', dto.GetFunctionConfigurationRequest, dto.FunctionConfiguration)
  getFunctionConfiguration(@Call() call: AdminCall, @Input(dto.GetFunctionConfigurationRequest) input: dto.GetFunctionConfigurationRequest) {
    return this.operations.getFunctionConfiguration(call, input);
  }

  @Put('/2015-03-31/functions/:FunctionName/configuration')
  @HttpCode(200)
  @Operation('lambda', 'UpdateFunctionConfiguration', dto.UpdateFunctionConfigurationRequest, dto.FunctionConfiguration)
  updateFunctionConfiguration(@Call() call: AdminCall, @Input(dto.UpdateFunctionConfigurationRequest) input: dto.UpdateFunctionConfigurationRequest) {
    return this.operations.updateFunctionConfiguration(call, input);
  }
}
