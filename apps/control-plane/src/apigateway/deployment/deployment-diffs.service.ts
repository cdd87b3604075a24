import type { AdminCall } from '@gatehouse/admin-contract';
import { notFound } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { DeploymentEntity } from './deployment.entity.js';
import { diffModels, type ModelChange } from './diff-models.js';

/** What changes where a stage goes from one deployment to another. */
export interface DeploymentDiff {
  from: string;
  to: string;
  changes: ModelChange[];
}

@Injectable()
export class DeploymentDiffs {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Throws `NotFoundException` for an unknown API or deployment. */
  async diff(call: AdminCall, { restApiId, from, to }: { restApiId: string; from: string; to: string }): Promise<DeploymentDiff> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, restApiId);
    const [before, after] = await Promise.all(
      [from, to].map(async (deploymentId) => {
        const deployment = await manager.findOneBy(DeploymentEntity, { ...call.scope, apiId, deploymentId });
        if (!deployment) throw notFound('Invalid Deployment identifier specified');
        return deployment.model;
      }),
    );
    return { from, to, changes: diffModels(before!, after!) };
  }
}
