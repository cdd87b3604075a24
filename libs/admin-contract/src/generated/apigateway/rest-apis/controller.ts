// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input, Wire } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import { refuseMode } from '../../../controllers/refuse-mode.js';
import { readInput } from '../../../validation/read-input.js';
import type { WireRequest } from '../../../validation/wire-request.js';
import * as dto from './dto.js';
import { RestApisOperations } from './operations.js';

@Controller()
export class RestApisController {
  constructor(@Inject(RestApisOperations) private readonly operations: RestApisOperations) {}

  @Post('/restapis')
  @HttpCode(201)
  @Operation('apigateway', 'CreateRestApi', dto.CreateRestApiRequest, dto.RestApi)
  @Operation('apigateway', 'ImportRestApi', dto.ImportRestApiRequest, dto.RestApi)
  createRestApi(@Call() call: AdminCall, @Wire() wire: WireRequest) {
    if (wire.query.get('mode') === 'import') return this.operations.importRestApi(call, readInput(wire, dto.ImportRestApiRequest));
    refuseMode(wire, 'import');
    return this.operations.createRestApi(call, readInput(wire, dto.CreateRestApiRequest));
  }

  @Delete('/restapis/:restApiId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteRestApi', dto.DeleteRestApiRequest)
  deleteRestApi(@Call() call: AdminCall, @Input(dto.DeleteRestApiRequest) input: dto.DeleteRestApiRequest) {
    return this.operations.deleteRestApi(call, input);
  }

  @Get('/restapis/:restApiId')
  @HttpCode(200)
  @Operation('apigateway', 'GetRestApi', dto.GetRestApiRequest, dto.RestApi)
  getRestApi(@Call() call: AdminCall, @Input(dto.GetRestApiRequest) input: dto.GetRestApiRequest) {
    return this.operations.getRestApi(call, input);
  }

  @Get('/restapis')
  @HttpCode(200)
  @Operation('apigateway', 'GetRestApis', dto.GetRestApisRequest, dto.RestApis)
  getRestApis(@Call() call: AdminCall, @Input(dto.GetRestApisRequest) input: dto.GetRestApisRequest) {
    return this.operations.getRestApis(call, input);
  }

  @Put('/restapis/:restApiId')
  @HttpCode(200)
  @Operation('apigateway', 'PutRestApi', dto.PutRestApiRequest, dto.RestApi)
  putRestApi(@Call() call: AdminCall, @Input(dto.PutRestApiRequest) input: dto.PutRestApiRequest) {
    return this.operations.putRestApi(call, input);
  }

  @Patch('/restapis/:restApiId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateRestApi', dto.UpdateRestApiRequest, dto.RestApi)
  updateRestApi(@Call() call: AdminCall, @Input(dto.UpdateRestApiRequest) input: dto.UpdateRestApiRequest) {
    return this.operations.updateRestApi(call, input);
  }
}
