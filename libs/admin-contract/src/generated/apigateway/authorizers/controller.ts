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

  @Post('/restapis/:restApiId/authorizers')
  @HttpCode(201)
  @Operation('apigateway', 'CreateAuthorizer', dto.CreateAuthorizerRequest, dto.Authorizer)
  createAuthorizer(@Call() call: AdminCall, @Input(dto.CreateAuthorizerRequest) input: dto.CreateAuthorizerRequest) {
    return this.operations.createAuthorizer(call, input);
  }

  @Delete('/restapis/:restApiId/authorizers/:authorizerId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteAuthorizer', dto.DeleteAuthorizerRequest)
  deleteAuthorizer(@Call() call: AdminCall, @Input(dto.DeleteAuthorizerRequest) input: dto.DeleteAuthorizerRequest) {
    return this.operations.deleteAuthorizer(call, input);
  }

  @Get('/restapis/:restApiId/authorizers/:authorizerId')
  @HttpCode(200)
  @Operation('apigateway', 'GetAuthorizer', dto.GetAuthorizerRequest, dto.Authorizer)
  getAuthorizer(@Call() call: AdminCall, @Input(dto.GetAuthorizerRequest) input: dto.GetAuthorizerRequest) {
    return this.operations.getAuthorizer(call, input);
  }

  @Get('/restapis/:restApiId/authorizers')
  @HttpCode(200)
  @Operation('apigateway', 'GetAuthorizers', dto.GetAuthorizersRequest, dto.Authorizers)
  getAuthorizers(@Call() call: AdminCall, @Input(dto.GetAuthorizersRequest) input: dto.GetAuthorizersRequest) {
    return this.operations.getAuthorizers(call, input);
  }

  @Post('/restapis/:restApiId/authorizers/:authorizerId')
  @HttpCode(200)
  @Operation('apigateway', 'TestInvokeAuthorizer', dto.TestInvokeAuthorizerRequest, dto.TestInvokeAuthorizerResponse)
  testInvokeAuthorizer(@Call() call: AdminCall, @Input(dto.TestInvokeAuthorizerRequest) input: dto.TestInvokeAuthorizerRequest) {
    return this.operations.testInvokeAuthorizer(call, input);
  }

  @Patch('/restapis/:restApiId/authorizers/:authorizerId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateAuthorizer', dto.UpdateAuthorizerRequest, dto.Authorizer)
  updateAuthorizer(@Call() call: AdminCall, @Input(dto.UpdateAuthorizerRequest) input: dto.UpdateAuthorizerRequest) {
    return this.operations.updateAuthorizer(call, input);
  }
}
