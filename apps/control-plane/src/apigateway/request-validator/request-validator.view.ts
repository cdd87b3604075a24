import type { RequestValidator } from '@gatehouse/admin-contract/apigateway';
import type { RequestValidatorEntity } from './request-validator.entity.js';

/** A request validator as it goes over the wire. */
export function requestValidatorView(validator: RequestValidatorEntity): RequestValidator {
  return {
    id: validator.requestValidatorId,
    name: validator.name ?? undefined,
    validateRequestBody: validator.validateRequestBody,
    validateRequestParameters: validator.validateRequestParameters,
  };
}
