// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { RequestValidatorsOperations } from './operations.js';

@Controller()
export class RequestValidatorsController {
  constructor(@Inject(RequestValidatorsOperations) private readonly operations: RequestValidatorsOperations) {}

  @Post('/restapis/:restApiId/requestvalidators')
  @HttpCode(201)
  @Operation('apigateway', 'CreateRequestValidator', dto.CreateRequestValidatorRequest, dto.RequestValidator)
  createRequestValidator(@Call() call: AdminCall, @Input(dto.CreateRequestValidatorRequest) input: dto.CreateRequestValidatorRequest) {
    return this.operations.createRequestValidator(call, input);
  }

  @Delete('/restapis/:restApiId/requestvalidators/:requestValidatorId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteRequestValidator', dto.DeleteRequestValidatorRequest)
  deleteRequestValidator(@Call() call: AdminCall, @Input(dto.DeleteRequestValidatorRequest) input: dto.DeleteRequestValidatorRequest) {
    return this.operations.deleteRequestValidator(call, input);
  }

  @Get('/restapis/:restApiId/requestvalidators/:requestValidatorId')
  @HttpCode(200)
  @Operation('apigateway', 'GetRequestValidator', dto.GetRequestValidatorRequest, dto.RequestValidator)
  getRequestValidator(@Call() call: AdminCall, @Input(dto.GetRequestValidatorRequest) input: dto.GetRequestValidatorRequest) {
    return this.operations.getRequestValidator(call, input);
  }

  @Get('/restapis/:restApiId/requestvalidators')
  @HttpCode(200)
  @Operation('apigateway', 'GetRequestValidators', dto.GetRequestValidatorsRequest, dto.RequestValidators)
  getRequestValidators(@Call() call: AdminCall, @Input(dto.GetRequestValidatorsRequest) input: dto.GetRequestValidatorsRequest) {
    return this.operations.getRequestValidators(call, input);
  }

  @Patch('/restapis/:restApiId/requestvalidators/:requestValidatorId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateRequestValidator', dto.UpdateRequestValidatorRequest, dto.RequestValidator)
  updateRequestValidator(@Call() call: AdminCall, @Input(dto.UpdateRequestValidatorRequest) input: dto.UpdateRequestValidatorRequest) {
    return this.operations.updateRequestValidator(call, input);
  }
}
