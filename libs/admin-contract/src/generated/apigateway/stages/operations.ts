// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with stages. A service extends it and overrides what is built. */
export class StagesOperations {
  async createStage(_call: AdminCall, _input: dto.CreateStageRequest): Promise<dto.Stage> {
    throw notBuilt('CreateStage');
  }

  async deleteStage(_call: AdminCall, _input: dto.DeleteStageRequest): Promise<void> {
    throw notBuilt('DeleteStage');
  }

  async flushStageAuthorizersCache(_call: AdminCall, _input: dto.FlushStageAuthorizersCacheRequest): Promise<void> {
    throw notBuilt('FlushStageAuthorizersCache');
  }

  async flushStageCache(_call: AdminCall, _input: dto.FlushStageCacheRequest): Promise<void> {
    throw notBuilt('FlushStageCache');
  }

  async getStage(_call: AdminCall, _input: dto.GetStageRequest): Promise<dto.Stage> {
    throw notBuilt('GetStage');
  }

  async getStages(_call: AdminCall, _input: dto.GetStagesRequest): Promise<dto.Stages> {
    throw notBuilt('GetStages');
  }

  async updateStage(_call: AdminCall, _input: dto.UpdateStageRequest): Promise<dto.Stage> {
    throw notBuilt('UpdateStage');
  }
}
