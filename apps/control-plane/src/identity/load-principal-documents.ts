import { PRINCIPAL_REGION, refName, seal, unseal, type PrincipalSnapshot, type Scope } from '@gatehouse/snapshot';
import { In, type EntityManager } from 'typeorm';
import type { DocumentKeys } from '../publication/document-sources.js';
import { AccessKeyEntity } from './access-key.entity.js';
import { accessKeySealName } from './access-keys.service.js';
import { PrincipalPolicyEntity } from './principal-policy.entity.js';
import { PrincipalEntity } from './principal.entity.js';
import { userNameOf } from './user-name.js';

/** Reads many users at once. Gives for each that there is, by id, what makes his document: there the secrets of his keys pass from one seal to the other. */
export async function readPrincipals(
  manager: EntityManager,
  { accountId }: Scope,
  userIds: readonly string[],
  keys: DocumentKeys,
): Promise<Map<string, () => PrincipalSnapshot>> {
  const principals = await manager.findBy(PrincipalEntity, { accountId, userId: In(userIds) });
  const of = { accountId, principalId: In(principals.map(({ principalId }) => principalId)) };
  const accessKeys = await manager.find(AccessKeyEntity, { where: { ...of, status: 'Active' }, order: { accessKeyId: 'ASC' } });
  const policies = await manager.find(PrincipalPolicyEntity, { where: of, order: { policyName: 'ASC' } });
  return new Map(
    principals.map(({ principalId, userId }) => [
      userId ?? '',
      () => ({
        userId: userId ?? '',
        userName: userNameOf(principalId),
        accessKeys: accessKeys
          .filter((key) => key.principalId === principalId)
          .map((key) => publishedKey(key, userId ?? '', keys)),
        policies: policies.filter((policy) => policy.principalId === principalId).map(({ document }) => document),
      }),
    ]),
  );
}

function publishedKey({ accountId, accessKeyId, secretSealed }: AccessKeyEntity, userId: string, keys: DocumentKeys) {
  const secret = unseal([keys.atRestKey], accessKeySealName(accessKeyId), secretSealed);
  const name = refName({ kind: 'principal', accountId, region: PRINCIPAL_REGION, key: userId });
  return { accessKeyId, secretAccessKey: seal(keys.dataPlaneKey, name, secret) };
}
