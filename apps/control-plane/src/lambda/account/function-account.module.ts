import { AccountController, AccountOperations } from '@gatehouse/admin-contract/lambda';
import { Module } from '@nestjs/common';
import { FunctionAccountService } from './function-account.service.js';

@Module({
  controllers: [AccountController],
  providers: [{ provide: AccountOperations, useClass: FunctionAccountService }],
})
export class FunctionAccountModule {}
