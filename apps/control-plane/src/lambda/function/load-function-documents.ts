import { refName, seal, type FunctionSnapshot, type Scope } from '@gatehouse/snapshot';
import { In, type EntityManager } from 'typeorm';
import type { DocumentKeys } from '../../publication/document-sources.js';
import { FunctionAliasEntity } from './function-alias.entity.js';
import { FunctionStatementEntity } from './function-statement.entity.js';
import { FunctionVersionEntity } from './function-version.entity.js';
import { FunctionEntity } from './function.entity.js';
import { openEnvironment } from './sealed-environment.js';

/** Reads many functions at once. Gives for each that there is, by name, what makes its document: there its variables pass from one seal to the other. */
export async function readFunctions(
  manager: EntityManager,
  scope: Scope,
  names: readonly string[],
  keys: DocumentKeys,
): Promise<Map<string, () => FunctionSnapshot>> {
  const of = { ...scope, functionName: In(names) };
  const functions = await manager.findBy(FunctionEntity, of);
  const versions = grouped(await manager.find(FunctionVersionEntity, { where: of, order: { version: 'ASC' } }));
  const aliases = grouped(await manager.find(FunctionAliasEntity, { where: of, order: { aliasName: 'ASC' } }));
  const statements = grouped(
    await manager.find(FunctionStatementEntity, { where: of, order: { qualifier: 'ASC', place: 'ASC' } }),
  );
  return new Map(
    functions.map(({ functionName, reservedConcurrency }) => [
      functionName,
      () => ({
        functionName,
        versions: (versions.get(functionName) ?? []).map((version) => ({
          version: version.version,
          revisionId: version.revisionId,
          runtime: version.runtime,
          handler: version.handler,
          timeout: version.timeout,
          memorySize: version.memorySize,
          environment: publishedEnvironment(version, keys),
          codeSha256: version.codeSha256,
          codeSize: version.codeSize,
        })),
        aliases: (aliases.get(functionName) ?? []).map(({ aliasName, version, routing }) => ({
          name: aliasName,
          version,
          routing,
        })),
        reservedConcurrency,
        policy: (statements.get(functionName) ?? []).map(({ qualifier, action, principal, sourceArn, sourceAccount }) => ({
          qualifier: qualifier === '' ? null : qualifier,
          action: publishedAction(action),
          principal,
          sourceArn,
          sourceAccount,
        })),
      }),
    ]),
  );
}

/** Actions are compared without regard to case; documents write them in one way. */
const publishedAction = (action: string) =>
  /^lambda:invokefunction$/i.test(action) ? 'lambda:InvokeFunction' : action.toLowerCase();

function publishedEnvironment(version: FunctionVersionEntity, { atRestKey, dataPlaneKey }: DocumentKeys): string | null {
  const { accountId, region, functionName, environmentSealed } = version;
  if (environmentSealed === null) return null;
  const variables = openEnvironment(atRestKey, version, functionName, environmentSealed);
  const name = refName({ kind: 'function', accountId, region, key: functionName });
  return seal(dataPlaneKey, name, JSON.stringify(variables));
}

function grouped<Row extends { functionName: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.functionName);
    if (group) group.push(row);
    else groups.set(row.functionName, [row]);
  }
  return groups;
}
