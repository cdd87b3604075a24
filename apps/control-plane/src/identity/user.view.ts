import type { AccessKeyEntity } from './access-key.entity.js';
import type { PrincipalPolicyEntity } from './principal-policy.entity.js';
import type { PrincipalEntity } from './principal.entity.js';
import { userNameOf } from './user-name.js';
import type { AccessKeyDescription, PolicyDescription, UserDescription } from './user.dto.js';

export const userView = ({ accountId, principalId, userId, createdDate }: PrincipalEntity): UserDescription => ({
  userName: userNameOf(principalId),
  userId: userId ?? '',
  arn: `arn:aws:iam::${accountId}:${principalId}`,
  createdDate: createdDate.toISOString(),
});

export const accessKeyView = ({ accessKeyId, status, createdDate }: AccessKeyEntity): AccessKeyDescription => ({
  accessKeyId,
  status,
  createdDate: createdDate.toISOString(),
});

export const policyView = ({ policyName, document }: PrincipalPolicyEntity): PolicyDescription => ({
  policyName,
  policyDocument: document,
});
