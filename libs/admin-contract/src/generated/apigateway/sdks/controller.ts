// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Get } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { SdksOperations } from './operations.js';

@Controller()
export class SdksController {
  constructor(@Inject(SdksOperations) private readonly operations: SdksOperations) {}

  @Get('/restapis/:restApiId/stages/:stageName/sdks/:sdkType')
  @HttpCode(200)
  @Operation('apigateway', 'GetSdk', dto.GetSdkRequest, dto.SdkResponse)
  getSdk(@Call() call: AdminCall, @Input(dto.GetSdkRequest) input: dto.GetSdkRequest) {
    return this.operations.getSdk(call, input);
  }

  @Get('/sdktypes/:id')
  @HttpCode(200)
  @Operation('apigateway', 'GetSdkType', dto.GetSdkTypeRequest, dto.SdkType)
  getSdkType(@Call() call: AdminCall, @Input(dto.GetSdkTypeRequest) input: dto.GetSdkTypeRequest) {
    return this.operations.getSdkType(call, input);
  }

  @Get('/sdktypes')
  @HttpCode(200)
  @Operation('apigateway', 'GetSdkTypes', dto.GetSdkTypesRequest, dto.SdkTypes)
  getSdkTypes(@Call() call: AdminCall, @Input(dto.GetSdkTypesRequest) input: dto.GetSdkTypesRequest) {
    return this.operations.getSdkTypes(call, input);
  }
}
