// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { AuthorizersOperations } from './operations.js';

@Controller()
export class AuthorizersController {
  constructor(@Inject(AuthorizersOperations) private readonly operations: AuthorizersOperations) {}

  @Post('/v2/apis/:apiId/authorizers')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateAuthorizer', dto.CreateAuthorizerRequest, dto.CreateAuthorizerResponse)
  createAuthorizer(@Call() call: AdminCall, @Input(dto.CreateAuthorizerRequest) input: dto.CreateAuthorizerRequest) {
    return this.operations.createAuthorizer(call, input);
  }

  @Delete('/v2/apis/:apiId/authorizers/:authorizerId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteAuthorizer', dto.DeleteAuthorizerRequest)
  deleteAuthorizer(@Call() call: AdminCall, @Input(dto.DeleteAuthorizerRequest) input: dto.DeleteAuthorizerRequest) {
    return this.operations.deleteAuthorizer(call, input);
  }

  @Get('/v2/apis/:apiId/authorizers/:authorizerId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetAuthorizer', dto.GetAuthorizerRequest, dto.GetAuthorizerResponse)
  getAuthorizer(@Call() call: AdminCall, @Input(dto.GetAuthorizerRequest) input: dto.GetAuthorizerRequest) {
    return this.operations.getAuthorizer(call, input);
  }

  @Get('/v2/apis/:apiId/authorizers')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetAuthorizers', dto.GetAuthorizersRequest, dto.GetAuthorizersResponse)
  getAuthorizers(@Call() call: AdminCall, @Input(dto.GetAuthorizersRequest) input: dto.GetAuthorizersRequest) {
    return this.operations.getAuthorizers(call, input);
  }

  @Patch('/v2/apis/:apiId/authorizers/:authorizerId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateAuthorizer', dto.UpdateAuthorizerRequest, dto.UpdateAuthorizerResponse)
  updateAuthorizer(@Call() call: AdminCall, @Input(dto.UpdateAuthorizerRequest) input: dto.UpdateAuthorizerRequest) {
    return this.operations.updateAuthorizer(call, input);
  }
}
