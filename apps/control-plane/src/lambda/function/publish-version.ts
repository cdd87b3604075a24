import type { SealingKey } from '@gatehouse/snapshot';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Not } from 'typeorm';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { requireCodeRoom, takeCodeTurn } from './code-store.js';
import { FunctionVersionEntity } from './function-version.entity.js';
import { FunctionEntity } from './function.entity.js';
import { openEnvironment } from './sealed-environment.js';
import { LATEST, versionOrder } from './versions.js';

/**
 * Makes a version of what `$LATEST` is now, under the function's lock; where the last one has the same code and configuration, that is given back instead. Throws
 * `LimitExceededException` when there are too many, `CodeStorageExceededException`. Source: AWS Lambda API, PublishVersion.
 */
export async function publishVersion(
  transaction: AdminTransaction,
  { functionName, nextVersion }: FunctionEntity,
  latest: FunctionVersionEntity,
  atRestKey: SealingKey,
  description = latest.description,
): Promise<FunctionVersionEntity> {
  const { manager, scope } = transaction;
  const published = await manager.findBy(FunctionVersionEntity, { ...scope, functionName, version: Not(LATEST) });
  const last = published.sort((a, b) => versionOrder(a.version) - versionOrder(b.version)).at(-1);
  if (last && isDeepStrictEqual(whatRuns(last, atRestKey), whatRuns(latest, atRestKey))) return last;
  await transaction.requireRoom('functionVersions', FunctionVersionEntity, { functionName });
  await takeCodeTurn(transaction);
  const version = Object.assign(new FunctionVersionEntity(), latest, {
    version: String(nextVersion),
    revisionId: randomUUID(),
    description,
  });
  await manager.insert(FunctionVersionEntity, version);
  await manager.update(FunctionEntity, { ...scope, functionName }, { nextVersion: nextVersion + 1 });
  await requireCodeRoom(transaction);
  return version;
}

/** All of a version that decides how it runs. */
function whatRuns(version: FunctionVersionEntity, atRestKey: SealingKey) {
  const { functionName, runtime, role, handler, timeout, memorySize, codeSha256, settings, environmentSealed } = version;
  const variables = openEnvironment(atRestKey, version, functionName, environmentSealed);
  return { runtime, role, handler, timeout, memorySize, codeSha256, settings, variables };
}
