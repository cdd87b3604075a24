import type { AdminCall } from '@gatehouse/admin-contract';
import {
  DeploymentsOperations,
  type CreateDeploymentRequest,
  type DeleteDeploymentRequest,
  type Deployment,
  type Deployments,
  type GetDeploymentRequest,
  type GetDeploymentsRequest,
  type UpdateDeploymentRequest,
} from '@gatehouse/admin-contract/apigateway';
import type { RestApiModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { compileDeployment, refuseUnenforceable } from '@gatehouse/compiler';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { freeId } from '../../database/free-ids.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';
import { deployToStage, findTarget } from '../stage/deploy-to-stage.js';
import { StageEntity } from '../stage/stage.entity.js';
import { namedVpcLinks } from '../vpc-link/named-vpc-links.js';
import { DeploymentEntity } from './deployment.entity.js';
import { deploymentPatch } from './deployment.patch.js';
import { deploymentView } from './deployment.view.js';
import { findDeployment } from './find-deployment.js';

@Injectable()
export class DeploymentsService extends DeploymentsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  /**
   * Takes a snapshot of the API and, with a stage name, makes that stage serve it: both or neither. The snapshot is compiled here, so that
   * what gateways cannot enforce is refused now, by name, and nothing is kept, unless it is to be denied.
   */
  override async createDeployment(call: AdminCall, input: CreateDeploymentRequest): Promise<Deployment> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { apiId } = await transaction.lockApi(input.restApiId);
      const target = await findTarget(transaction, apiId, input);
      const model = await loadRestApiModel(transaction.manager, call.scope, apiId);
      requirePolicy(model);
      const { unenforceable } = compileDeployment(model, { scope: call.scope, key: this.config.dataPlaneKey });
      if (this.config.unenforced === 'refuse') refuseUnenforceable(unenforceable);
      const deployment: DeploymentEntity = {
        ...call.scope,
        apiId,
        deploymentId: await freeId(transaction, DeploymentEntity, 'deploymentId', { apiId }),
        description: input.description || null,
        createdDate: new Date(),
        model,
        vpcLinkIds: namedVpcLinks(model),
      };
      await transaction.manager.insert(DeploymentEntity, deployment);
      if (target.kind !== 'snapshot') await deployToStage(transaction, target, deployment, input, this.config);
      return deploymentView(deployment);
    });
  }

  /** The summary of the API comes with `embed=apisummary`. */
  override async getDeployment(call: AdminCall, input: GetDeploymentRequest): Promise<Deployment> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const deployment = await findDeployment(manager, call.scope, apiId, input.deploymentId);
    if (!embedsSummary(input.embed)) return deploymentView(deployment);
    const key = { ...call.scope, apiId, deploymentId: deployment.deploymentId };
    const { model } = await manager.findOneOrFail(DeploymentEntity, { where: key, select: { deploymentId: true, model: true } });
    return deploymentView(deployment, model);
  }

  /** Newest first. */
  override async getDeployments(call: AdminCall, input: GetDeploymentsRequest): Promise<Deployments> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = manager
      .createQueryBuilder(DeploymentEntity, 'deployment')
      .select(['deployment.apiId', 'deployment.deploymentId', 'deployment.description', 'deployment.createdDate'])
      .addSelect(['deployment.accountId', 'deployment.region'])
      .where({ ...call.scope, apiId })
      .orderBy({ 'deployment.createdDate': 'DESC', 'deployment.deploymentId': 'DESC' })
      .take(limit + 1);
    if (after) {
      query.andWhere('(deployment.createdDate, deployment.deploymentId) < (:date, :id)', { date: after[0], id: after[1] });
    }
    const page = pageOf(await query.getMany(), limit, (each) => [each.createdDate.toISOString(), each.deploymentId]);
    return { item: page.items.map((each) => deploymentView(each)), position: page.position };
  }

  override async updateDeployment(call: AdminCall, input: UpdateDeploymentRequest): Promise<Deployment> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const deployment = await findDeployment(manager, call.scope, apiId, input.deploymentId);
      const patched = applyPatch(deploymentPatch, deployment, input.patchOperations);
      const key = { ...call.scope, apiId, deploymentId: deployment.deploymentId };
      await manager.update(DeploymentEntity, key, { description: patched.description });
      return deploymentView(patched);
    });
  }

  override async deleteDeployment(call: AdminCall, input: DeleteDeploymentRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const { deploymentId } = await findDeployment(manager, call.scope, apiId, input.deploymentId);
      const stages = await manager.find(StageEntity, {
        where: { ...call.scope, apiId },
        select: { stageName: true, deploymentId: true, canarySettings: true },
      });
      if (stages.some((stage) => [stage.deploymentId, stage.canarySettings?.deploymentId].includes(deploymentId))) {
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      }
      await manager.delete(DeploymentEntity, { ...call.scope, apiId, deploymentId });
    });
  }
}

/** `embed` may be repeated or comma-separated. */
/** Nobody could call a private API without one. Throws `BadRequestException` with AWS's sentence. */
function requirePolicy({ endpointConfiguration, policy }: RestApiModel): void {
  if (endpointConfiguration.types.includes('PRIVATE') && !policy) {
    throw badRequest("Private REST API doesn't have a resource policy attached to it");
  }
}

function embedsSummary(embed: string[] | undefined): boolean {
  return embed?.some((each) => each.split(',').includes('apisummary')) ?? false;
}
