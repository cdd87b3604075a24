import type { AdminCall } from '@gatehouse/admin-contract';
import {
  FunctionsOperations,
  type CreateFunctionRequest,
  type DeleteFunctionRequest,
  type DeleteFunctionResponse,
  type FunctionConfiguration,
  type GetFunctionCodeSigningConfigRequest,
  type GetFunctionCodeSigningConfigResponse,
  type GetFunctionConfigurationRequest,
  type GetFunctionRequest,
  type GetFunctionResponse,
  type ListFunctionsRequest,
  type ListFunctionsResponse,
  type UpdateFunctionCodeRequest,
  type UpdateFunctionConfigurationRequest,
} from '@gatehouse/admin-contract/lambda';
import { codeLocation } from '@gatehouse/lambda-contract';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { UnitOfWork, type AdminTransaction } from '../../database/unit-of-work.js';
import { functionTarget } from '../function-target.js';
import { checkFunctionTags } from '../tag/function-tags.js';
import { invalidParameter, resourceConflict } from '../refusals.js';
import { dropUnusedCode, keepCode, requireCodeRoom, takeCodeTurn } from './code-store.js';
import { deleteVersion } from './delete-version.js';
import { changedConfiguration, newConfiguration } from './function-configuration.js';
import { FunctionVersionEntity } from './function-version.entity.js';
import { FunctionEntity } from './function.entity.js';
import { functionView } from './function.view.js';
import { listVersions } from './list-versions.js';
import { findFunction, findVersion, wholeFunction } from './find-function.js';
import { publishVersion } from './publish-version.js';
import { checkRevision } from './revision.js';
import { readUploadedCode, type UploadedCode } from './uploaded-code.js';
import { LATEST } from './versions.js';

/** How long the address of an archive can be used. Source: AWS Lambda API, GetFunction. */
const LOCATION_SECONDS = 600;

/** Each write publishes the function's document as a whole. */
@Injectable()
export class FunctionsService extends FunctionsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  /** Answers the published version where one is asked for, as AWS without its number in the ARN. */
  override async createFunction(call: AdminCall, input: CreateFunctionRequest): Promise<FunctionConfiguration> {
    const { scope } = call;
    const { atRestKey } = this.config;
    const { functionName } = wholeFunction(scope, input.FunctionName);
    const configuration = newConfiguration(input, { scope, functionName, atRestKey });
    const tags = checkFunctionTags(input.Tags ?? {});
    const code = await readUploadedCode(input.Code);
    const version = await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const owner = Object.assign(new FunctionEntity(), {
        ...scope,
        functionName,
        nextVersion: 1,
        reservedConcurrency: null,
        tags,
      });
      // The primary key decides, also between parallel calls; nothing is inserted where the name is taken.
      const { raw } = await manager
        .createQueryBuilder()
        .insert()
        .into(FunctionEntity)
        .values(owner)
        .orIgnore()
        .returning('function_name')
        .execute();
      if ((raw as unknown[]).length === 0) throw resourceConflict(`Function already exist: ${functionName}`);
      const latest = Object.assign(new FunctionVersionEntity(), {
        ...scope,
        functionName,
        version: LATEST,
        revisionId: randomUUID(),
        ...configuration,
        codeSha256: code.sha256,
        codeSize: code.archive.length,
        lastModified: new Date(),
      });
      await this.saveWithCode(transaction, latest, code);
      transaction.publish('function', functionName);
      return input.Publish ? publishVersion(transaction, owner, latest, atRestKey) : latest;
    });
    return functionView(version, atRestKey, null);
  }

  override async getFunction(call: AdminCall, input: GetFunctionRequest): Promise<GetFunctionResponse> {
    const target = functionTarget(call.scope, input.FunctionName, input.Qualifier);
    const { manager } = this.database;
    const { tags, reservedConcurrency } = await findFunction(manager, call.scope, target);
    const version = await findVersion(manager, call.scope, target);
    const expires = Math.floor(Date.now() / 1000) + LOCATION_SECONDS;
    const location = codeLocation(this.config.dataPlaneKey, { ...call.scope, sha256: version.codeSha256 }, expires);
    return {
      Configuration: functionView(version, this.config.atRestKey, target.qualifier),
      Code: { RepositoryType: 'S3', Location: `${call.origin ?? ''}${location}` },
      Tags: Object.keys(tags).length > 0 ? tags : undefined,
      Concurrency: reservedConcurrency === null ? undefined : { ReservedConcurrentExecutions: reservedConcurrency },
    };
  }

  override async getFunctionConfiguration(
    call: AdminCall,
    input: GetFunctionConfigurationRequest,
  ): Promise<FunctionConfiguration> {
    const target = functionTarget(call.scope, input.FunctionName, input.Qualifier);
    const version = await findVersion(this.database.manager, call.scope, target);
    return functionView(version, this.config.atRestKey, target.qualifier);
  }

  /** By name; with `FunctionVersion=ALL` every version of each. No function here is replicated from another region. */
  override async listFunctions(call: AdminCall, input: ListFunctionsRequest): Promise<ListFunctionsResponse> {
    if (input.MasterRegion !== undefined) return { Functions: [] };
    const everyVersion = input.FunctionVersion === 'ALL';
    const { items, marker } = await listVersions(this.database.manager, call.scope, this.config.atRestKey, {
      only: everyVersion ? {} : { version: LATEST },
      qualified: everyVersion,
      marker: input.Marker,
      maxItems: input.MaxItems,
    });
    return { Functions: items, NextMarker: marker };
  }

  override async updateFunctionCode(call: AdminCall, input: UpdateFunctionCodeRequest): Promise<FunctionConfiguration> {
    const { atRestKey } = this.config;
    const target = wholeFunction(call.scope, input.FunctionName);
    const { functionName } = target;
    await findFunction(this.database.manager, call.scope, target);
    if (input.PublishTo) throw invalidParameter('PublishTo is not supported: there are no capacity providers');
    const code = await readUploadedCode(input);
    return this.unitOfWork.run(call, async (transaction) => {
      const owner = await transaction.lockFunction(functionName);
      const current = await findVersion(transaction.manager, call.scope, target);
      checkRevision(input.RevisionId, current.revisionId);
      const changed = Object.assign(new FunctionVersionEntity(), current, {
        codeSha256: code.sha256,
        codeSize: code.archive.length,
        settings: { ...current.settings, ...(input.Architectures && { architectures: input.Architectures }) },
      });
      if (input.DryRun) return functionView(changed, atRestKey, null);
      touch(changed);
      await this.saveWithCode(transaction, changed, code);
      await dropUnusedCode(transaction, [current.codeSha256]);
      transaction.publish('function', functionName);
      if (!input.Publish) return functionView(changed, atRestKey, null);
      const version = await publishVersion(transaction, owner, changed, atRestKey);
      return functionView(version, atRestKey, version.version);
    });
  }

  override async updateFunctionConfiguration(
    call: AdminCall,
    input: UpdateFunctionConfigurationRequest,
  ): Promise<FunctionConfiguration> {
    const { scope } = call;
    const { atRestKey } = this.config;
    const target = wholeFunction(scope, input.FunctionName);
    const { functionName } = target;
    return this.unitOfWork.run(call, async (transaction) => {
      await transaction.lockFunction(functionName);
      const current = await findVersion(transaction.manager, scope, target);
      checkRevision(input.RevisionId, current.revisionId);
      const changes = changedConfiguration(current, input, { scope, functionName, atRestKey });
      const changed = touch(Object.assign(new FunctionVersionEntity(), current, changes));
      await transaction.manager.save(FunctionVersionEntity, changed);
      transaction.publish('function', functionName);
      return functionView(changed, atRestKey, null);
    });
  }

  /** One version where a qualifier says so, else the function with all that belongs to it. */
  override async deleteFunction(call: AdminCall, input: DeleteFunctionRequest): Promise<DeleteFunctionResponse> {
    const target = functionTarget(call.scope, input.FunctionName, input.Qualifier);
    const { functionName, qualifier } = target;
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      await transaction.lockFunction(functionName);
      if (qualifier !== null) {
        await deleteVersion(transaction, functionName, qualifier);
        transaction.publish('function', functionName);
        return;
      }
      const versions = await manager.find(FunctionVersionEntity, {
        where: { ...scope, functionName },
        select: { codeSha256: true },
      });
      await takeCodeTurn(transaction);
      await manager.delete(FunctionEntity, { ...scope, functionName });
      await dropUnusedCode(
        transaction,
        versions.map(({ codeSha256 }) => codeSha256),
      );
      transaction.publish('function', functionName, true);
    });
    return { StatusCode: 204 };
  }

  /** No function has one. */
  override async getFunctionCodeSigningConfig(
    call: AdminCall,
    input: GetFunctionCodeSigningConfigRequest,
  ): Promise<GetFunctionCodeSigningConfigResponse> {
    const target = functionTarget(call.scope, input.FunctionName, undefined);
    const { functionName } = await findFunction(this.database.manager, call.scope, target);
    return { FunctionName: functionName };
  }

  private async saveWithCode(transaction: AdminTransaction, version: FunctionVersionEntity, code: UploadedCode): Promise<void> {
    await takeCodeTurn(transaction);
    await keepCode(transaction, code);
    await transaction.manager.save(FunctionVersionEntity, version);
    await requireCodeRoom(transaction);
  }
}

/** Every change gives a version another revision. */
function touch(version: FunctionVersionEntity): FunctionVersionEntity {
  return Object.assign(version, { revisionId: randomUUID(), lastModified: new Date() });
}
