// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { ImportApiKeysFormat } from '../enums.js';
import { ApiKey, PatchOperation, StageKey } from '../shapes.js';
export { ApiKey } from '../shapes.js';

export class CreateApiKeyRequest {
  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  enabled?: boolean;

  @Member({ type: 'boolean' })
  generateDistinctId?: boolean;

  @Member({ type: 'string' })
  value?: string;

  @Member({ type: 'list', of: { type: StageKey } })
  stageKeys?: StageKey[];

  @Member({ type: 'string' })
  customerId?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class DeleteApiKeyRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiKey!: string;
}

export class GetApiKeyRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiKey!: string;

  @Member({ in: 'query', type: 'boolean' })
  includeValue?: boolean;
}

export class GetApiKeysRequest {
  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;

  @Member({ in: 'query', type: 'string', wire: 'name' })
  nameQuery?: string;

  @Member({ in: 'query', type: 'string' })
  customerId?: string;

  @Member({ in: 'query', type: 'boolean' })
  includeValues?: boolean;
}

export class ImportApiKeysRequest {
  @Member({ in: 'payload', type: 'blob', required: true })
  body!: Buffer;

  @Member({ in: 'query', type: 'string', enum: ImportApiKeysFormat, required: true })
  format!: ImportApiKeysFormat;

  @Member({ in: 'query', type: 'boolean', wire: 'failonwarnings' })
  failOnWarnings?: boolean;
}

export class UpdateApiKeyRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiKey!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class ApiKeys {
  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];

  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: ApiKey } })
  item?: ApiKey[];
}

export class ApiKeyIds {
  @Member({ type: 'list', of: { type: 'string' } })
  ids?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];
}
