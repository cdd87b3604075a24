import { accessKeyId, secretAccessKey } from '@gatehouse/aws-wire';
import { seal, unseal, UnsealError } from '@gatehouse/snapshot';
import { join } from 'node:path';
import { Not, type DataSource, type EntityManager } from 'typeorm';
import type { ControlPlaneConfig, RootAccessKey } from '../config.js';
import { writePrivateFile } from '../private-file.js';
import { StartupError } from '../startup-error.js';
import { AccessKeyEntity } from './access-key.entity.js';
import { accessKeySealName } from './access-keys.service.js';
import { PrincipalEntity, type PolicyDocument } from './principal.entity.js';

const ROOT = 'root';

const EVERYTHING: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
};

/**
 * Makes sure that the account has its root principal, and that one a root access key: the one that the environment sets, which replaces what is
 * stored, or else one made at random on the very first start and written to `{data directory}/credentials`. Control planes that start at
 * once wait for each other here. Throws a `StartupError` when the account or the master key is not the one that the database
 * was made with.
 */
export async function ensureRootIdentity(database: DataSource, config: ControlPlaneConfig): Promise<void> {
  await database.transaction(async (manager) => {
    const owner = { accountId: config.accountId, principalId: ROOT };
    await assertAccountFits(manager, config);
    await manager
      .createQueryBuilder()
      .insert()
      .into(PrincipalEntity)
      .values({ ...owner, kind: 'root', policies: [EVERYTHING], createdDate: new Date(), userId: null })
      .orIgnore()
      .execute();
    await manager.findOneOrFail(PrincipalEntity, { where: owner, lock: { mode: 'pessimistic_write' } });
    await assertMasterKeyFits(manager, config);
    if (config.rootAccessKey) {
      await storeKey(manager, config, config.rootAccessKey);
      await manager.delete(AccessKeyEntity, { ...owner, accessKeyId: Not(config.rootAccessKey.accessKeyId) });
    } else if (!(await manager.existsBy(AccessKeyEntity, owner))) {
      const made = { accessKeyId: accessKeyId(), secretAccessKey: secretAccessKey() };
      await storeKey(manager, config, made);
      // Before the commit: a key whose secret nobody could read would be of no use to anyone.
      writePrivateFile(join(config.dataDirectory, 'credentials'), credentialsFile(made, config.region));
    }
  });
}

async function storeKey(manager: EntityManager, config: ControlPlaneConfig, key: RootAccessKey): Promise<void> {
  await manager.upsert(
    AccessKeyEntity,
    {
      accessKeyId: key.accessKeyId,
      accountId: config.accountId,
      principalId: ROOT,
      secretSealed: seal(config.atRestKey, accessKeySealName(key.accessKeyId), key.secretAccessKey),
      createdDate: new Date(),
      status: 'Active',
    },
    ['accessKeyId'],
  );
}

/** What is there belongs to the account that it was made in; another account's root would see nothing of it, and take over the credentials file. */
async function assertAccountFits(manager: EntityManager, { accountId }: ControlPlaneConfig): Promise<void> {
  const roots = await manager.findBy(PrincipalEntity, { kind: 'root' });
  const [other] = roots;
  if (other && roots.every((root) => root.accountId !== accountId))
    throw new StartupError(`GATEHOUSE_ACCOUNT_ID is ${accountId}, but this database was made for the account ${other.accountId}`);
}

/** Found out now, and not at the first signature. */
async function assertMasterKeyFits(manager: EntityManager, config: ControlPlaneConfig): Promise<void> {
  for (const { accessKeyId: id, secretSealed } of await manager.find(AccessKeyEntity, { take: 1 })) {
    try {
      unseal([config.atRestKey], accessKeySealName(id), secretSealed);
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      throw new StartupError(
        'GATEHOUSE_MASTER_KEY (or master.key in GATEHOUSE_DATA_DIR) is not the master key that this database was made with',
      );
    }
  }
}

/** AWS's shared credentials format; the AWS CLI takes the region from this file too. */
function credentialsFile(key: RootAccessKey, region: string): string {
  return `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\nregion = ${region}\n`;
}
