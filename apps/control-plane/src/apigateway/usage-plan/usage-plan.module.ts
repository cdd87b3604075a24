import {
  UsagePlanKeysController,
  UsagePlanKeysOperations,
  UsagePlansController,
  UsagePlansOperations,
} from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { UsagePlanKeysService } from './usage-plan-key.service.js';
import { UsagePlansService } from './usage-plan.service.js';

@Module({
  controllers: [UsagePlansController, UsagePlanKeysController],
  providers: [
    { provide: UsagePlansOperations, useClass: UsagePlansService },
    { provide: UsagePlanKeysOperations, useClass: UsagePlanKeysService },
  ],
})
export class UsagePlanModule {}
