import { GatewayResponsesController, GatewayResponsesOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { GatewayResponsesService } from './gateway-response.service.js';

@Module({
  controllers: [GatewayResponsesController],
  providers: [{ provide: GatewayResponsesOperations, useClass: GatewayResponsesService }],
})
export class GatewayResponseModule {}
