import { ApiKeysController, ApiKeysOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { ApiKeysService } from './api-key.service.js';

@Module({
  controllers: [ApiKeysController],
  providers: [{ provide: ApiKeysOperations, useClass: ApiKeysService }],
})
export class ApiKeyModule {}
