// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { AccountLimit, AccountUsage } from '../shapes.js';

@ApiSchema({ name: 'lambda.GetAccountSettingsRequest' })
export class GetAccountSettingsRequest {

}

@ApiSchema({ name: 'lambda.GetAccountSettingsResponse' })
export class GetAccountSettingsResponse {
  @Member({ type: AccountLimit })
  AccountLimit?: AccountLimit;

  @Member({ type: AccountUsage })
  AccountUsage?: AccountUsage;
}
