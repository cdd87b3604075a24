import { ConcurrencyController, ConcurrencyOperations } from '@gatehouse/admin-contract/lambda';
import { Module } from '@nestjs/common';
import { ConcurrencyService } from './concurrency.service.js';

@Module({
  controllers: [ConcurrencyController],
  providers: [{ provide: ConcurrencyOperations, useClass: ConcurrencyService }],
})
export class ConcurrencyModule {}
