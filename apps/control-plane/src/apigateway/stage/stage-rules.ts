import { badRequest } from '@gatehouse/aws-wire';
import { refuseUnenforceableStage } from '@gatehouse/compiler';
import type { StageEntity } from './stage.entity.js';
import { stageModel } from './stage.model.js';

const STAGE_NAME = /^[A-Za-z0-9_-]{1,128}$/;
const VARIABLE_NAME = /^[A-Za-z0-9_]{1,64}$/;
const VARIABLE_VALUE = /^[A-Za-z0-9\-._~:/?#&=,]{0,512}$/;

/** Gives the name back. Throws `BadRequestException` for one that no stage may have. */
export function checkStageName(stageName: string): string {
  if (!STAGE_NAME.test(stageName)) throw badRequest('Stage name only allows a-zA-Z0-9_- and at most 128 characters');
  return stageName;
}

/** Throws `BadRequestException` for a stage variable that AWS does not allow; none can end a header or leave a path segment unseen. */
export function checkVariable(name: string, value: string): void {
  if (!VARIABLE_NAME.test(name)) {
    throw badRequest(`Invalid stage variable name: ${name}. Please use alphanumeric characters and underscores, at most 64`);
  }
  if (!VARIABLE_VALUE.test(value)) {
    throw badRequest(
      `Invalid stage variable value: ${name}. Please use at most 512 alphanumeric characters and the symbols - . _ ~ : / ? # & = ,`,
    );
  }
}

/** Throws `UnenforceableSettings` naming every setting of the stage that gateways cannot act on, and AWS's error for a stage variable. */
export function checkStage(stage: StageEntity): void {
  for (const [name, value] of Object.entries(stage.variables)) checkVariable(name, value);
  refuseUnenforceableStage(stageModel(stage));
}
