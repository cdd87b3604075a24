// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { UsagePlanKey } from '../shapes.js';
export { UsagePlanKey } from '../shapes.js';

export class CreateUsagePlanKeyRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;

  @Member({ type: 'string', required: true })
  keyId!: string;

  @Member({ type: 'string', required: true })
  keyType!: string;
}

export class DeleteUsagePlanKeyRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  keyId!: string;
}

export class GetUsagePlanKeyRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  keyId!: string;
}

export class GetUsagePlanKeysRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;

  @Member({ in: 'query', type: 'string', wire: 'name' })
  nameQuery?: string;
}

export class UsagePlanKeys {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: UsagePlanKey } })
  item?: UsagePlanKey[];
}
