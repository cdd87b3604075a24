// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with stages. A service extends it and overrides what is built. */
export class StagesOperations {
  async createStage(_call: AdminCall, _input: dto.CreateStageRequest): Promise<dto.CreateStageResponse> {
    throw notBuilt('CreateStage');
  }

  async deleteAccessLogSettings(_call: AdminCall, _input: dto.DeleteAccessLogSettingsRequest): Promise<void> {
    throw notBuilt('DeleteAccessLogSettings');
  }

  async deleteRouteSettings(_call: AdminCall, _input: dto.DeleteRouteSettingsRequest): Promise<void> {
    throw notBuilt('DeleteRouteSettings');
  }

  async deleteStage(_call: AdminCall, _input: dto.DeleteStageRequest): Promise<void> {
    throw notBuilt('DeleteStage');
  }

  async getStage(_call: AdminCall, _input: dto.GetStageRequest): Promise<dto.GetStageResponse> {
    throw notBuilt('GetStage');
  }

  async getStages(_call: AdminCall, _input: dto.GetStagesRequest): Promise<dto.GetStagesResponse> {
    throw notBuilt('GetStages');
  }

  async resetAuthorizersCache(_call: AdminCall, _input: dto.ResetAuthorizersCacheRequest): Promise<void> {
    throw notBuilt('ResetAuthorizersCache');
  }

  async updateStage(_call: AdminCall, _input: dto.UpdateStageRequest): Promise<dto.UpdateStageResponse> {
    throw notBuilt('UpdateStage');
  }
}
