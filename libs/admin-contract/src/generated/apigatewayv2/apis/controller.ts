// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { ApisOperations } from './operations.js';

@Controller()
export class ApisController {
  constructor(@Inject(ApisOperations) private readonly operations: ApisOperations) {}

  @Post('/v2/apis')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateApi', dto.CreateApiRequest, dto.CreateApiResponse)
  createApi(@Call() call: AdminCall, @Input(dto.CreateApiRequest) input: dto.CreateApiRequest) {
    return this.operations.createApi(call, input);
  }

  @Delete('/v2/apis/:apiId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteApi', dto.DeleteApiRequest)
  deleteApi(@Call() call: AdminCall, @Input(dto.DeleteApiRequest) input: dto.DeleteApiRequest) {
    return this.operations.deleteApi(call, input);
  }

  @Delete('/v2/apis/:apiId/cors')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteCorsConfiguration', dto.DeleteCorsConfigurationRequest)
  deleteCorsConfiguration(@Call() call: AdminCall, @Input(dto.DeleteCorsConfigurationRequest) input: dto.DeleteCorsConfigurationRequest) {
    return this.operations.deleteCorsConfiguration(call, input);
  }

  @Get('/v2/apis/:apiId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetApi', dto.GetApiRequest, dto.GetApiResponse)
  getApi(@Call() call: AdminCall, @Input(dto.GetApiRequest) input: dto.GetApiRequest) {
    return this.operations.getApi(call, input);
  }

  @Get('/v2/apis')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetApis', dto.GetApisRequest, dto.GetApisResponse)
  getApis(@Call() call: AdminCall, @Input(dto.GetApisRequest) input: dto.GetApisRequest) {
    return this.operations.getApis(call, input);
  }

  @Put('/v2/apis')
  @HttpCode(201)
  @Operation('apigatewayv2', 'ImportApi', dto.ImportApiRequest, dto.ImportApiResponse)
  importApi(@Call() call: AdminCall, @Input(dto.ImportApiRequest) input: dto.ImportApiRequest) {
    return this.operations.importApi(call, input);
  }

  @Put('/v2/apis/:apiId')
  @HttpCode(201)
  @Operation('apigatewayv2', 'ReimportApi', dto.ReimportApiRequest, dto.ReimportApiResponse)
  reimportApi(@Call() call: AdminCall, @Input(dto.ReimportApiRequest) input: dto.ReimportApiRequest) {
    return this.operations.reimportApi(call, input);
  }

  @Patch('/v2/apis/:apiId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateApi', dto.UpdateApiRequest, dto.UpdateApiResponse)
  updateApi(@Call() call: AdminCall, @Input(dto.UpdateApiRequest) input: dto.UpdateApiRequest) {
    return this.operations.updateApi(call, input);
  }
}
