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

  @Post('/restapis/:restApiId/deployments')
  @HttpCode(201)
  @Operation('apigateway', 'CreateDeployment', dto.CreateDeploymentRequest, dto.Deployment)
  createDeployment(@Call() call: AdminCall, @Input(dto.CreateDeploymentRequest) input: dto.CreateDeploymentRequest) {
    return this.operations.createDeployment(call, input);
  }

  @Delete('/restapis/:restApiId/deployments/:deploymentId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteDeployment', dto.DeleteDeploymentRequest)
  deleteDeployment(@Call() call: AdminCall, @Input(dto.DeleteDeploymentRequest) input: dto.DeleteDeploymentRequest) {
    return this.operations.deleteDeployment(call, input);
  }

  @Get('/restapis/:restApiId/deployments/:deploymentId')
  @HttpCode(200)
  @Operation('apigateway', 'GetDeployment', dto.GetDeploymentRequest, dto.Deployment)
  getDeployment(@Call() call: AdminCall, @Input(dto.GetDeploymentRequest) input: dto.GetDeploymentRequest) {
    return this.operations.getDeployment(call, input);
  }

  @Get('/restapis/:restApiId/deployments')
  @HttpCode(200)
  @Operation('apigateway', 'GetDeployments', dto.GetDeploymentsRequest, dto.Deployments)
  getDeployments(@Call() call: AdminCall, @Input(dto.GetDeploymentsRequest) input: dto.GetDeploymentsRequest) {
    return this.operations.getDeployments(call, input);
  }

  @Patch('/restapis/:restApiId/deployments/:deploymentId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateDeployment', dto.UpdateDeploymentRequest, dto.Deployment)
  updateDeployment(@Call() call: AdminCall, @Input(dto.UpdateDeploymentRequest) input: dto.UpdateDeploymentRequest) {
    return this.operations.updateDeployment(call, input);
  }
}
