import type { AdminCall } from '@gatehouse/admin-contract';
import {
  PermissionsOperations,
  type AddPermissionRequest,
  type AddPermissionResponse,
  type GetPolicyRequest,
  type GetPolicyResponse,
  type RemovePermissionRequest,
} from '@gatehouse/admin-contract/lambda';
import { AwsError } from '@gatehouse/aws-wire';
import { functionArn, type FunctionName } from '@gatehouse/lambda-contract';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { functionNotFound, functionTarget } from '../function-target.js';
import { FunctionAliasEntity } from '../function/function-alias.entity.js';
import { FunctionStatementEntity } from '../function/function-statement.entity.js';
import { FunctionVersionEntity } from '../function/function-version.entity.js';
import { findFunction } from '../function/find-function.js';
import { LATEST } from '../function/versions.js';
import { preconditionFailed, resourceConflict, resourceNotFound } from '../refusals.js';
import { checkPermission } from './permission-rules.js';
import { policyText, statementView } from './statement.js';

/** Bytes of a policy. Source: AWS Lambda quotas, resource-based policy. */
const POLICY_BYTES = 20 * 1024;

/** A function without a qualifier, each version and each alias have policies of their own. */
@Injectable()
export class PermissionsService extends PermissionsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async addPermission(call: AdminCall, input: AddPermissionRequest): Promise<AddPermissionResponse> {
    const { scope } = call;
    const target = functionTarget(scope, input.FunctionName, input.Qualifier);
    const { functionName, qualifier } = target;
    checkPermission(input, qualifier);
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockFunction(functionName);
      const carrier = await findCarrier(manager, scope, target);
      checkPolicyRevision(input.RevisionId, carrier.revisionId);
      const statements = await findStatements(manager, scope, target);
      if (statements.some(({ statementId }) => statementId === input.StatementId)) {
        throw resourceConflict(
          `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      }
      const added = Object.assign(new FunctionStatementEntity(), {
        ...scope,
        functionName,
        qualifier: qualifier ?? '',
        statementId: input.StatementId,
        place: (statements.at(-1)?.place ?? 0) + 1,
        action: input.Action,
        principal: input.Principal,
        sourceArn: input.SourceArn ?? null,
        sourceAccount: input.SourceAccount ?? null,
      });
      const size = Buffer.byteLength(policyText([...statements, added]));
      if (size > POLICY_BYTES) {
        throw new AwsError(
          'PolicyLengthExceededException',
          `The final policy size (${size}) is bigger than the limit (${POLICY_BYTES}).`,
        );
      }
      await manager.insert(FunctionStatementEntity, added);
      await carrier.touch();
      transaction.publish('function', functionName);
      return { Statement: JSON.stringify(statementView(added)) };
    });
  }

  override async removePermission(call: AdminCall, input: RemovePermissionRequest): Promise<void> {
    const { scope } = call;
    const target = functionTarget(scope, input.FunctionName, input.Qualifier);
    const { functionName } = target;
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockFunction(functionName);
      const carrier = await findCarrier(manager, scope, target);
      const statements = await findStatements(manager, scope, target);
      if (statements.length === 0) throw resourceNotFound('No policy is associated with the given resource.');
      const removed = statements.find(({ statementId }) => statementId === input.StatementId);
      if (!removed) throw resourceNotFound(`Statement ${input.StatementId} is not found in resource policy.`);
      checkPolicyRevision(input.RevisionId, carrier.revisionId);
      await manager.remove(FunctionStatementEntity, removed);
      await carrier.touch();
      transaction.publish('function', functionName);
    });
  }

  override async getPolicy(call: AdminCall, input: GetPolicyRequest): Promise<GetPolicyResponse> {
    const { scope } = call;
    const { manager } = this.database;
    const target = functionTarget(scope, input.FunctionName, input.Qualifier);
    await findFunction(manager, scope, { ...target, qualifier: null });
    const { revisionId } = await findCarrier(manager, scope, target);
    const statements = await findStatements(manager, scope, target);
    if (statements.length === 0) throw resourceNotFound('The resource you requested does not exist.');
    return { Policy: policyText(statements), RevisionId: revisionId };
  }
}

/** What a policy belongs to: its revision is told with the policy, and changes with it. */
interface Carrier {
  revisionId: string;
  touch(): Promise<unknown>;
}

/** The version or alias that the qualifier names; without one `$LATEST`. Throws `ResourceNotFoundException`. */
async function findCarrier(manager: EntityManager, scope: Scope, target: FunctionName): Promise<Carrier> {
  const { functionName } = target;
  const qualifier = target.qualifier ?? LATEST;
  const revision = () => ({ revisionId: randomUUID() });
  if (qualifier === LATEST || /^\d+$/.test(qualifier)) {
    const key = { ...scope, functionName, version: qualifier };
    const version = await manager.findOneBy(FunctionVersionEntity, key);
    if (!version) throw functionNotFound(target);
    return { revisionId: version.revisionId, touch: () => manager.update(FunctionVersionEntity, key, revision()) };
  }
  const key = { ...scope, functionName, aliasName: qualifier };
  const alias = await manager.findOneBy(FunctionAliasEntity, key);
  if (!alias) throw resourceNotFound(`Cannot find alias arn: ${functionArn(target)}`);
  return { revisionId: alias.revisionId, touch: () => manager.update(FunctionAliasEntity, key, revision()) };
}

function findStatements(manager: EntityManager, scope: Scope, target: FunctionName): Promise<FunctionStatementEntity[]> {
  const { functionName, qualifier } = target;
  return manager.find(FunctionStatementEntity, {
    where: { ...scope, functionName, qualifier: qualifier === LATEST ? '' : (qualifier ?? '') },
    order: { place: 'ASC' },
  });
}

function checkPolicyRevision(asked: string | undefined, current: string): void {
  if (asked === undefined || asked === current) return;
  throw preconditionFailed(
    'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
  );
}
