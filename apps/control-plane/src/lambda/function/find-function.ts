import type { FunctionName } from '@gatehouse/lambda-contract';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { functionNotFound, functionTarget } from '../function-target.js';
import { invalidParameter } from '../refusals.js';
import { FunctionAliasEntity } from './function-alias.entity.js';
import { FunctionVersionEntity } from './function-version.entity.js';
import { FunctionEntity } from './function.entity.js';
import { LATEST } from './versions.js';

/** Like `functionTarget`, for operations on a function as a whole. `$LATEST` is taken for it. Throws `InvalidParameterValueException` for any other qualifier. */
export function wholeFunction(scope: Scope, reference: string): FunctionName {
  const target = functionTarget(scope, reference, undefined);
  if (target.qualifier !== null && target.qualifier !== LATEST) {
    throw invalidParameter(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    );
  }
  return { ...target, qualifier: null };
}

/** Throws `ResourceNotFoundException`. */
export async function findFunction(manager: EntityManager, scope: Scope, target: FunctionName): Promise<FunctionEntity> {
  const found = await manager.findOneBy(FunctionEntity, { ...scope, functionName: target.functionName });
  if (!found) throw functionNotFound(target);
  return found;
}

/** The version that the qualifier names, through an alias or not; without one `$LATEST`. Throws `ResourceNotFoundException`. */
export async function findVersion(manager: EntityManager, scope: Scope, target: FunctionName): Promise<FunctionVersionEntity> {
  const { functionName, qualifier } = target;
  const of = { ...scope, functionName };
  const alias = qualifier === null ? null : await manager.findOneBy(FunctionAliasEntity, { ...of, aliasName: qualifier });
  const version = await manager.findOneBy(FunctionVersionEntity, { ...of, version: alias?.version ?? qualifier ?? LATEST });
  if (!version) throw functionNotFound(target);
  return version;
}
