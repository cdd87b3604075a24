import type { FunctionName } from '@gatehouse/lambda-contract';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { functionNotFound } from '../function-target.js';
import { FunctionVersionEntity } from '../function/function-version.entity.js';
import { LATEST } from '../function/versions.js';
import { invalidParameter } from '../refusals.js';

/**
 * Checks where an alias leads, under the function's lock. Throws `InvalidParameterValueException` for versions that cannot share its invocations, `ResourceNotFoundException` for
 * those that are not there. Source: the sentences were recorded from AWS Lambda.
 */
export async function checkRouting(
  manager: EntityManager,
  scope: Scope,
  target: FunctionName,
  version: string,
  routing: readonly (readonly [version: string, weight: number])[],
): Promise<void> {
  if (routing.length > 1) throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  if (routing.length > 0 && version === LATEST) {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  if (routing.some(([routed]) => routed === version)) {
    throw invalidParameter(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  }
  for (const each of [version, ...routing.map(([routed]) => routed)]) {
    const row = { ...scope, functionName: target.functionName, version: each };
    if (!(await manager.existsBy(FunctionVersionEntity, row))) throw functionNotFound({ ...target, qualifier: each });
  }
}
