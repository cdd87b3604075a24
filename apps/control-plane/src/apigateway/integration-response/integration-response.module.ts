import { IntegrationResponsesController, IntegrationResponsesOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { IntegrationResponsesService } from './integration-response.service.js';

@Module({
  controllers: [IntegrationResponsesController],
  providers: [{ provide: IntegrationResponsesOperations, useClass: IntegrationResponsesService }],
})
export class IntegrationResponseModule {}
