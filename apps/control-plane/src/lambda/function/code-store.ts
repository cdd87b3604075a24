import { AwsError } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Readable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import type { CodeName } from '@gatehouse/lambda-contract';
import type { LimitsProfile } from '../../config.js';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { FunctionCodeEntity } from './function-code.entity.js';
import type { UploadedCode } from './uploaded-code.js';

/** Bytes of the archives of all versions of an account in a region together. Source of AWS's: AWS Lambda quotas. */
export const CODE_STORAGE_BYTES = { aws: 75 * 1024 ** 3, none: 1024 ** 4 } satisfies Record<LimitsProfile, number>;

/** Bytes of an archive that are in memory at a time on its way out. */
const PART_BYTES = 1024 * 1024;

/**
 * Archives are kept once, however many versions run them, and go with the last of those. One transaction at a time adds or drops what refers to archives of an account and region,
 * so that none goes while another one takes it. Call it when the row of the function is locked.
 */
export async function takeCodeTurn(transaction: AdminTransaction): Promise<void> {
  const { accountId, region } = transaction.scope;
  await transaction.takeTurn(`function code of ${accountId}/${region}`);
}

/** Keeps an archive unless it is there already; within the turn. */
export async function keepCode({ manager, scope }: AdminTransaction, { archive, sha256 }: UploadedCode): Promise<void> {
  const known = await manager.existsBy(FunctionCodeEntity, { ...scope, sha256 });
  if (known) return;
  await manager.insert(FunctionCodeEntity, { ...scope, sha256, size: archive.length, archive, storedAt: new Date() });
}

/** Removes those archives that no version refers to any more; within the turn. */
export async function dropUnusedCode({ manager, scope }: AdminTransaction, sha256s: readonly string[]): Promise<void> {
  await manager.query(
    `DELETE FROM function_code code WHERE account_id = $1 AND region = $2 AND sha256 = ANY ($3::text[]) AND NOT EXISTS (
       SELECT FROM function_versions version
        WHERE version.account_id = code.account_id AND version.region = code.region AND version.code_sha256 = code.sha256)`,
    [scope.accountId, scope.region, sha256s],
  );
}

/** Bytes of the archives of all versions, each counted. */
export async function usedCodeBytes(manager: EntityManager, { accountId, region }: Scope): Promise<number> {
  const [row] = await manager.query<[{ used: string }]>(
    'SELECT coalesce(sum(code_size), 0) AS used FROM function_versions WHERE account_id = $1 AND region = $2',
    [accountId, region],
  );
  return Number(row.used);
}

/** Throws `CodeStorageExceededException` when versions that were just written are too many bytes; within the turn. */
export async function requireCodeRoom({ manager, scope, limits }: AdminTransaction): Promise<void> {
  if ((await usedCodeBytes(manager, scope)) > CODE_STORAGE_BYTES[limits]) {
    throw new AwsError('CodeStorageExceededException', 'Code storage limit exceeded.');
  }
}

/** An archive and its length; null when it is gone. */
export async function readCode(
  manager: EntityManager,
  { accountId, region, sha256 }: CodeName,
): Promise<{ size: number; content: Readable } | null> {
  const code = await manager.findOne(FunctionCodeEntity, { where: { accountId, region, sha256 }, select: { size: true } });
  if (!code) return null;
  return { size: code.size, content: Readable.from(parts(manager, { accountId, region, sha256 }, code.size)) };
}

async function* parts(manager: EntityManager, { accountId, region, sha256 }: CodeName, size: number): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < size; offset += PART_BYTES) {
    // Positions in SQL begin with 1.
    const [row] = await manager.query<{ part: Buffer }[]>(
      'SELECT substring(archive FROM $4 FOR $5) AS part FROM function_code WHERE account_id = $1 AND region = $2 AND sha256 = $3',
      [accountId, region, sha256, offset + 1, PART_BYTES],
    );
    if (!row) throw new Error(`archive ${sha256} went while it was read`);
    yield row.part;
  }
}
