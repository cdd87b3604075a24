// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { PatchOperation, RequestValidator } from '../shapes.js';
export { RequestValidator } from '../shapes.js';

export class CreateRequestValidatorRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'boolean' })
  validateRequestBody?: boolean;

  @Member({ type: 'boolean' })
  validateRequestParameters?: boolean;
}

export class DeleteRequestValidatorRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  requestValidatorId!: string;
}

export class GetRequestValidatorRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  requestValidatorId!: string;
}

export class GetRequestValidatorsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateRequestValidatorRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  requestValidatorId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class RequestValidators {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: RequestValidator } })
  item?: RequestValidator[];
}
