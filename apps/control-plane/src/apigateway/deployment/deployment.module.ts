import { DeploymentsController, DeploymentsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { DeploymentDiffController } from './deployment-diff.controller.js';
import { DeploymentDiffs } from './deployment-diffs.service.js';
import { DeploymentsService } from './deployment.service.js';

@Module({
  controllers: [DeploymentsController, DeploymentDiffController],
  providers: [{ provide: DeploymentsOperations, useClass: DeploymentsService }, DeploymentDiffs],
})
export class DeploymentModule {}
