// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Get } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { AccountOperations } from './operations.js';

@Controller()
export class AccountController {
  constructor(@Inject(AccountOperations) private readonly operations: AccountOperations) {}

  @Get('/2016-08-19/account-settings')
  @HttpCode(200)
  @Operation('lambda', 'GetAccountSettings', dto.GetAccountSettingsRequest, dto.GetAccountSettingsResponse)
  getAccountSettings(@Call() call: AdminCall, @Input(dto.GetAccountSettingsRequest) input: dto.GetAccountSettingsRequest) {
    return this.operations.getAccountSettings(call, input);
  }
}
