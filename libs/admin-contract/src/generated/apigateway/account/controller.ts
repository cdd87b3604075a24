// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Get, Patch } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { AccountOperations } from './operations.js';

@Controller()
export class AccountController {
  constructor(@Inject(AccountOperations) private readonly operations: AccountOperations) {}

  @Get('/account')
  @HttpCode(200)
  @Operation('apigateway', 'GetAccount', dto.GetAccountRequest, dto.Account)
  getAccount(@Call() call: AdminCall, @Input(dto.GetAccountRequest) input: dto.GetAccountRequest) {
    return this.operations.getAccount(call, input);
  }

  @Patch('/account')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateAccount', dto.UpdateAccountRequest, dto.Account)
  updateAccount(@Call() call: AdminCall, @Input(dto.UpdateAccountRequest) input: dto.UpdateAccountRequest) {
    return this.operations.updateAccount(call, input);
  }
}
