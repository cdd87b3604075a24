import { DeploymentsController, DeploymentsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { DeploymentsService } from './deployment.service.js';

@Module({
  controllers: [DeploymentsController],
  providers: [{ provide: DeploymentsOperations, useClass: DeploymentsService }],
})
export class DeploymentModule {}
