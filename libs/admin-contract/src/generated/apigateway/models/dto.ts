// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { Model, PatchOperation } from '../shapes.js';
export { Model } from '../shapes.js';

export class CreateModelRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  schema?: string;

  @Member({ type: 'string', required: true })
  contentType!: string;
}

export class DeleteModelRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  modelName!: string;
}

export class GetModelRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  modelName!: string;

  @Member({ in: 'query', type: 'boolean' })
  flatten?: boolean;
}

export class GetModelTemplateRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  modelName!: string;
}

export class GetModelsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateModelRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  modelName!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class Template {
  @Member({ type: 'string' })
  value?: string;
}

export class Models {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: Model } })
  item?: Model[];
}
