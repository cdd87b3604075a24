import { IntegrationsController, IntegrationsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { IntegrationsService } from './integration.service.js';

@Module({
  controllers: [IntegrationsController],
  providers: [{ provide: IntegrationsOperations, useClass: IntegrationsService }],
})
export class IntegrationModule {}
