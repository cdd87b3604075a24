import { badRequest } from '@gatehouse/aws-wire';
import { refuseUnenforceable, unenforceableOfStage } from '@gatehouse/compiler';
import type { ControlPlaneConfig } from '../../config.js';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { checkQuota } from '../../quotas/quotas.js';
import { requireClientCertificate } from '../client-certificate/find-client-certificate.js';
import { DeploymentEntity } from '../deployment/deployment.entity.js';
import { findDocumentationVersion } from '../documentation-version/find-documentation-version.js';
import type { StageEntity } from './stage.entity.js';
import { stageModel } from './stage.model.js';

/** Gigabytes, as AWS names the sizes: what a cache has when no size is asked for. */
const SMALLEST_CACHE = '0.5';
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

/**
 * Checks a stage as a whole, and fills in the size of its cache. Throws AWS's error for a stage variable, and `UnenforceableSettings` naming every setting that gateways
 * cannot act on, unless these are to be denied.
 */
export function checkStage(stage: StageEntity, { unenforced, limits }: Pick<ControlPlaneConfig, 'unenforced' | 'limits'>): void {
  checkQuota('stageVariables', limits, Object.keys(stage.variables).length);
  checkQuota('stageVariables', limits, Object.keys(stage.canarySettings?.stageVariableOverrides ?? {}).length);
  checkQuota('methodSettings', limits, Object.keys(stage.methodSettings).length);
  for (const [name, value] of Object.entries(stage.variables)) checkVariable(name, value);
  for (const [name, value] of Object.entries(stage.canarySettings?.stageVariableOverrides ?? {})) checkVariable(name, value);
  if (stage.cacheClusterEnabled) stage.cacheClusterSize ??= SMALLEST_CACHE;
  if (unenforced === 'refuse') refuseUnenforceable(unenforceableOfStage(stageModel(stage)));
}

/**
 * Throws AWS's error where a stage names something that is not there. What `before` named already is not looked for again: it was there, and
 * nothing that a stage names can be deleted.
 */
export async function requireNamed(transaction: AdminTransaction, stage: StageEntity, before?: StageEntity): Promise<void> {
  const { manager, scope } = transaction;
  const { apiId, canarySettings, clientCertificateId, documentationVersion } = stage;
  for (const deploymentId of [stage.deploymentId, canarySettings?.deploymentId]) {
    if (deploymentId === undefined || deploymentId === before?.deploymentId) continue;
    if (!(await manager.existsBy(DeploymentEntity, { ...scope, apiId, deploymentId }))) {
      throw badRequest('Deployment id does not exist');
    }
  }
  if (documentationVersion !== null && documentationVersion !== before?.documentationVersion) {
    await findDocumentationVersion(manager, scope, apiId, documentationVersion);
  }
  if (clientCertificateId !== null && clientCertificateId !== before?.clientCertificateId) {
    await requireClientCertificate(transaction, clientCertificateId);
  }
}
