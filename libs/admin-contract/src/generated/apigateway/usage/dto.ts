// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { PatchOperation } from '../shapes.js';

export class GetUsageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;

  @Member({ in: 'query', type: 'string' })
  keyId?: string;

  @Member({ in: 'query', type: 'string', required: true })
  startDate!: string;

  @Member({ in: 'query', type: 'string', required: true })
  endDate!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateUsageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  usagePlanId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  keyId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class Usage {
  @Member({ type: 'string' })
  usagePlanId?: string;

  @Member({ type: 'string' })
  startDate?: string;

  @Member({ type: 'string' })
  endDate?: string;

  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'map', values: { type: 'list', of: { type: 'list', of: { type: 'long' } } } })
  values?: Record<string, number[][]>;
}
