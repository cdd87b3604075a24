import type { CanarySettingsModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { setEntry } from '../../patch/patch-values.js';
import type { StageEntity } from './stage.entity.js';

/** A canary release of a stage with AWS's defaults for what was not given: no traffic, the stage's own deployment. */
export function newCanary(stage: Pick<StageEntity, 'deploymentId'>, given: CanarySettingsModel = {}): CanarySettingsModel {
  const overrides = given.stageVariableOverrides ?? {};
  return {
    percentTraffic: checkPercentTraffic(given.percentTraffic ?? 0),
    deploymentId: given.deploymentId || stage.deploymentId,
    ...(Object.keys(overrides).length > 0 && { stageVariableOverrides: overrides }),
    useStageCache: given.useStageCache ?? false,
  };
}

export const notAPercentage = () => badRequest('Percent traffic must be between 0.0 and 100.0');

/** Throws `BadRequestException` for what is no share of the traffic. */
export function checkPercentTraffic(percent: number): number {
  if (!(percent >= 0 && percent <= 100)) throw notAPercentage();
  return percent;
}

/** Makes the canary's deployment the stage's. The canary itself stays, as on AWS. Throws `BadRequestException` where there is none. */
export function promoteDeployment(stage: StageEntity): void {
  stage.deploymentId = requireCanary(stage).deploymentId ?? stage.deploymentId;
}

/** Makes the canary's stage variables the stage's, beside its others. Throws `BadRequestException` where there is none. */
export function promoteVariables(stage: StageEntity): void {
  for (const [name, value] of Object.entries(requireCanary(stage).stageVariableOverrides ?? {})) {
    setEntry(stage.variables, name, value);
  }
}

function requireCanary({ canarySettings }: StageEntity): CanarySettingsModel {
  if (!canarySettings) throw badRequest('Promotion not available. Canary does not exist.');
  return canarySettings;
}
