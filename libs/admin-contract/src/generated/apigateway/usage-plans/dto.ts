// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { ApiStage, PatchOperation, QuotaSettings, ThrottleSettings, UsagePlan } from '../shapes.js';
export { UsagePlan } from '../shapes.js';

export class CreateUsagePlanRequest {
  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'list', of: { type: ApiStage } })
  apiStages?: ApiStage[];

  @Member({ type: ThrottleSettings })
  throttle?: ThrottleSettings;

  @Member({ type: QuotaSettings })
  quota?: QuotaSettings;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class DeleteUsagePlanRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;
}

export class GetUsagePlanRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;
}

export class GetUsagePlansRequest {
  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'string' })
  keyId?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateUsagePlanRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class UsagePlans {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: UsagePlan } })
  item?: UsagePlan[];
}
