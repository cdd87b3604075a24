import type { AdminCall } from '@gatehouse/admin-contract';
import {
  VersionsOperations,
  type FunctionConfiguration,
  type ListVersionsByFunctionRequest,
  type ListVersionsByFunctionResponse,
  type PublishVersionRequest,
} from '@gatehouse/admin-contract/lambda';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { codeSha256OnWire, functionView } from '../function/function.view.js';
import { listVersions } from '../function/list-versions.js';
import { findFunction, findVersion, wholeFunction } from '../function/find-function.js';
import { publishVersion } from '../function/publish-version.js';
import { checkRevision } from '../function/revision.js';
import { invalidParameter, unsupported } from '../refusals.js';

@Injectable()
export class VersionsService extends VersionsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  override async publishVersion(call: AdminCall, input: PublishVersionRequest): Promise<FunctionConfiguration> {
    const target = wholeFunction(call.scope, input.FunctionName);
    const { atRestKey } = this.config;
    if (input.PublishTo) throw unsupported('PublishTo', 'there are no capacity providers');
    return this.unitOfWork.run(call, async (transaction) => {
      const owner = await transaction.lockFunction(target.functionName);
      const latest = await findVersion(transaction.manager, call.scope, target);
      checkCode(input.CodeSha256, codeSha256OnWire(latest.codeSha256));
      checkRevision(input.RevisionId, latest.revisionId);
      const version = await publishVersion(transaction, owner, latest, atRestKey, input.Description);
      transaction.publish('function', target.functionName);
      return functionView(version, atRestKey, version.version);
    });
  }

  override async listVersionsByFunction(
    call: AdminCall,
    input: ListVersionsByFunctionRequest,
  ): Promise<ListVersionsByFunctionResponse> {
    const target = wholeFunction(call.scope, input.FunctionName);
    const { manager } = this.database;
    const { functionName } = await findFunction(manager, call.scope, target);
    const { items, marker } = await listVersions(manager, call.scope, this.config.atRestKey, {
      only: { functionName },
      qualified: true,
      marker: input.Marker,
      maxItems: input.MaxItems,
    });
    return { Versions: items, NextMarker: marker };
  }
}

function checkCode(asked: string | undefined, current: string): void {
  if (!asked || asked === current) return;
  throw invalidParameter(
    `CodeSHA256 (${asked}) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`,
  );
}
