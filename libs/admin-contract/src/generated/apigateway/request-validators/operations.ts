// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with request validators. A service extends it and overrides what is built. */
export class RequestValidatorsOperations {
  async createRequestValidator(_call: AdminCall, _input: dto.CreateRequestValidatorRequest): Promise<dto.RequestValidator> {
    throw notBuilt('CreateRequestValidator');
  }

  async deleteRequestValidator(_call: AdminCall, _input: dto.DeleteRequestValidatorRequest): Promise<void> {
    throw notBuilt('DeleteRequestValidator');
  }

  async getRequestValidator(_call: AdminCall, _input: dto.GetRequestValidatorRequest): Promise<dto.RequestValidator> {
    throw notBuilt('GetRequestValidator');
  }

  async getRequestValidators(_call: AdminCall, _input: dto.GetRequestValidatorsRequest): Promise<dto.RequestValidators> {
    throw notBuilt('GetRequestValidators');
  }

  async updateRequestValidator(_call: AdminCall, _input: dto.UpdateRequestValidatorRequest): Promise<dto.RequestValidator> {
    throw notBuilt('UpdateRequestValidator');
  }
}
