import { BasePathMappingsController, BasePathMappingsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { BasePathMappingsService } from './base-path-mapping.service.js';

@Module({
  controllers: [BasePathMappingsController],
  providers: [{ provide: BasePathMappingsOperations, useClass: BasePathMappingsService }],
})
export class BasePathMappingModule {}
