import { AccountController, AccountOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { AccountService } from './account.service.js';

@Module({ controllers: [AccountController], providers: [{ provide: AccountOperations, useClass: AccountService }] })
export class AccountModule {}
