import type { AdminTransaction } from '../../database/unit-of-work.js';
import { invalidParameter, resourceConflict } from '../refusals.js';
import { dropUnusedCode, takeCodeTurn } from './code-store.js';
import { FunctionAliasEntity } from './function-alias.entity.js';
import { FunctionStatementEntity } from './function-statement.entity.js';
import { FunctionVersionEntity } from './function-version.entity.js';
import { LATEST } from './versions.js';

/**
 * Removes one published version with its policy, under the function's lock; one that is not there is no error, as at AWS. Throws `InvalidParameterValueException`,
 * `ResourceConflictException`.
 */
export async function deleteVersion(transaction: AdminTransaction, functionName: string, version: string): Promise<void> {
  const { manager, scope } = transaction;
  if (version === LATEST) throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
  if (!/^\d+$/.test(version)) throw invalidParameter('Deletion of aliases is not currently supported.');
  const of = { ...scope, functionName };
  const row = await manager.findOneBy(FunctionVersionEntity, { ...of, version });
  if (!row) return;
  const aliases = await manager.find(FunctionAliasEntity, { where: of, order: { aliasName: 'ASC' } });
  const users = aliases.filter((alias) => alias.version === version || alias.routing.some(([routed]) => routed === version));
  if (users.length > 0) {
    const names = users.map(({ aliasName }) => aliasName).join(', ');
    throw resourceConflict(`Unable to delete version because the following aliases reference it: [${names}]`);
  }
  await takeCodeTurn(transaction);
  await manager.delete(FunctionStatementEntity, { ...of, qualifier: version });
  await manager.delete(FunctionVersionEntity, { ...of, version });
  await dropUnusedCode(transaction, [row.codeSha256]);
}
