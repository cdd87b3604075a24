// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { PatchOperation, ThrottleSettings } from '../shapes.js';

export class GetAccountRequest {

}

export class UpdateAccountRequest {
  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class Account {
  @Member({ type: 'string' })
  cloudwatchRoleArn?: string;

  @Member({ type: ThrottleSettings })
  throttleSettings?: ThrottleSettings;

  @Member({ type: 'list', of: { type: 'string' } })
  features?: string[];

  @Member({ type: 'string' })
  apiKeyVersion?: string;
}
