import { AliasesController, AliasesOperations } from '@gatehouse/admin-contract/lambda';
import { Module } from '@nestjs/common';
import { AliasesService } from './alias.service.js';

@Module({
  controllers: [AliasesController],
  providers: [{ provide: AliasesOperations, useClass: AliasesService }],
})
export class AliasModule {}
