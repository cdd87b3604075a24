// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { DeploymentsOperations } from './operations.js';

@Controller()
export class DeploymentsController {
  constructor(@Inject(DeploymentsOperations) private readonly operations: DeploymentsOperations) {}

  @Post('/v2/apis/:apiId/deployments')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateDeployment', dto.CreateDeploymentRequest, dto.CreateDeploymentResponse)
  createDeployment(@Call() call: AdminCall, @Input(dto.CreateDeploymentRequest) input: dto.CreateDeploymentRequest) {
    return this.operations.createDeployment(call, input);
  }

  @Delete('/v2/apis/:apiId/deployments/:deploymentId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteDeployment', dto.DeleteDeploymentRequest)
  deleteDeployment(@Call() call: AdminCall, @Input(dto.DeleteDeploymentRequest) input: dto.DeleteDeploymentRequest) {
    return this.operations.deleteDeployment(call, input);
  }

  @Get('/v2/apis/:apiId/deployments/:deploymentId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetDeployment', dto.GetDeploymentRequest, dto.GetDeploymentResponse)
  getDeployment(@Call() call: AdminCall, @Input(dto.GetDeploymentRequest) input: dto.GetDeploymentRequest) {
    return this.operations.getDeployment(call, input);
  }

  @Get('/v2/apis/:apiId/deployments')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetDeployments', dto.GetDeploymentsRequest, dto.GetDeploymentsResponse)
  getDeployments(@Call() call: AdminCall, @Input(dto.GetDeploymentsRequest) input: dto.GetDeploymentsRequest) {
    return this.operations.getDeployments(call, input);
  }

  @Patch('/v2/apis/:apiId/deployments/:deploymentId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateDeployment', dto.UpdateDeploymentRequest, dto.UpdateDeploymentResponse)
  updateDeployment(@Call() call: AdminCall, @Input(dto.UpdateDeploymentRequest) input: dto.UpdateDeploymentRequest) {
    return this.operations.updateDeployment(call, input);
  }
}
