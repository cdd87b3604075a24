import { UsageController, UsageOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { UsageService } from './usage.service.js';

@Module({
  controllers: [UsageController],
  providers: [{ provide: UsageOperations, useClass: UsageService }],
})
export class UsageModule {}
