// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with models. A service extends it and overrides what is built. */
export class ModelsOperations {
  async createModel(_call: AdminCall, _input: dto.CreateModelRequest): Promise<dto.Model> {
    throw notBuilt('CreateModel');
  }

  async deleteModel(_call: AdminCall, _input: dto.DeleteModelRequest): Promise<void> {
    throw notBuilt('DeleteModel');
  }

  async getModel(_call: AdminCall, _input: dto.GetModelRequest): Promise<dto.Model> {
    throw notBuilt('GetModel');
  }

  async getModelTemplate(_call: AdminCall, _input: dto.GetModelTemplateRequest): Promise<dto.Template> {
    throw notBuilt('GetModelTemplate');
  }

  async getModels(_call: AdminCall, _input: dto.GetModelsRequest): Promise<dto.Models> {
    throw notBuilt('GetModels');
  }

  async updateModel(_call: AdminCall, _input: dto.UpdateModelRequest): Promise<dto.Model> {
    throw notBuilt('UpdateModel');
  }
}
