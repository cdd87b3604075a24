import { compileDeployment, compileStage, type CompiledDeployment } from '@gatehouse/compiler';
import type { RestApiModel } from '@gatehouse/api-model';
import type { DataPlaneKey, Scope, SealingKey, StageSnapshot } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { readClientCertificates } from '../client-certificate/read-client-certificates.js';
import { DeploymentEntity } from '../deployment/deployment.entity.js';
import { readVpcLinkTargets, usedVpcLinks } from '../vpc-link/used-vpc-links.js';
import { StageEntity } from './stage.entity.js';
import { stageModel } from './stage.model.js';

/** What is published of a stage: itself, and the deployments that it serves, its own and that of its canary release. */
export interface StageDocuments {
  stage: StageSnapshot;
  deployments: CompiledDeployment[];
}

/**
 * Reads many stages with their deployments. Gives for each that there is, by key, what compiles it; only that can throw because of what is
 * deployed. Rows are found by their primary keys, spelled out: a join would leave the choice to the planner, which without statistics reads every
 * deployment that there is.
 */
export async function readStages(
  manager: EntityManager,
  scope: Scope,
  keys: readonly string[],
  dataPlaneKey: DataPlaneKey,
  atRestKey: SealingKey,
): Promise<Map<string, () => StageDocuments>> {
  const names = keys.map(splitStageKey);
  const stages = await manager.find(StageEntity, { where: names.map(([apiId, stageName]) => ({ ...scope, apiId, stageName })) });
  if (stages.length === 0) return new Map();
  const deployments = await manager.find(DeploymentEntity, {
    where: stages.flatMap((stage) =>
      deploymentIdsOf(stage).map((deploymentId) => ({ ...scope, apiId: stage.apiId, deploymentId })),
    ),
  });
  const models = new Map(deployments.map(({ apiId, deploymentId, model }) => [`${apiId}/${deploymentId}`, model]));
  const context = { scope, key: dataPlaneKey };
  const certificateIds = stages.flatMap(({ clientCertificateId }) => clientCertificateId ?? []);
  const certificates = await readClientCertificates(manager, context, certificateIds, atRestKey);
  const linkIds = new Map(stages.map((stage) => [stage, linksOf(stage, models)]));
  const targets = await readVpcLinkTargets(manager, scope, [...linkIds.values()].flat());
  return new Map(
    stages.map((stage) => [
      stageKey(stage.apiId, stage.stageName),
      () => {
        const deployments = deploymentIdsOf(stage).map((deploymentId) => {
          const model = models.get(`${stage.apiId}/${deploymentId}`);
          if (!model) throw new Error(`deployment ${deploymentId} of ${stage.apiId} was deleted while its stage was read`);
          return compileDeployment(model, context);
        });
        const [own, canary] = deployments as [CompiledDeployment, CompiledDeployment?];
        const named = {
          clientCertificate: certificates.get(stage.clientCertificateId ?? '')?.(),
          vpcLinks: new Map([...targets].filter(([id]) => linkIds.get(stage)?.includes(id))),
        };
        const hashes = { deployment: own.hash, canary: canary?.hash ?? null };
        return { stage: compileStage(stageModel(stage), hashes, named), deployments };
      },
    ]),
  );
}

/** Ids of the VPC links that its methods lead through, and those of its canary release. */
function linksOf(stage: StageEntity, models: ReadonlyMap<string, RestApiModel>): string[] {
  const [own, canary] = deploymentIdsOf(stage).map((deploymentId) => models.get(`${stage.apiId}/${deploymentId}`));
  const canaryVariables = { ...stage.variables, ...stage.canarySettings?.stageVariableOverrides };
  return [...(own ? usedVpcLinks(own, stage.variables) : []), ...(canary ? usedVpcLinks(canary, canaryVariables) : [])];
}

/** Its own, then that of its canary release, if there is one. */
function deploymentIdsOf({ deploymentId, canarySettings }: StageEntity): string[] {
  return canarySettings ? [deploymentId, canarySettings.deploymentId ?? deploymentId] : [deploymentId];
}

/** The key of a stage's document. */
export function stageKey(apiId: string, stageName: string): string {
  return `${apiId}/${stageName}`;
}

function splitStageKey(key: string): [apiId: string, stageName: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}
