import type { RequestContext } from '@gatehouse/iam-policy';
import type { Scope } from '@gatehouse/snapshot';
import type { RequestOrigin } from '../admin-api/authentication.js';
import type { PrincipalEntity } from './principal.entity.js';
import { userNameOf } from './user-name.js';

/** What conditions of policies can ask of a request to the admin API. Source: IAM user guide, "AWS global condition context keys". */
export function conditionKeys(principal: PrincipalEntity, { region }: Scope, origin: RequestOrigin): RequestContext {
  const { accountId, principalId, kind, userId } = principal;
  const now = new Date();
  const keys = new Map([
    ['aws:currenttime', now.toISOString()],
    ['aws:epochtime', String(Math.floor(now.getTime() / 1000))],
    ['aws:principalaccount', accountId],
    ['aws:principalarn', `arn:aws:iam::${accountId}:${principalId}`],
    ['aws:principaltype', kind === 'root' ? 'Account' : 'User'],
    ['aws:userid', userId ?? accountId],
    ['aws:requestedregion', region],
    ['aws:sourceip', origin.sourceIp],
    ['aws:securetransport', String(origin.secure)],
  ]);
  if (kind === 'user') keys.set('aws:username', userNameOf(principalId));
  if (origin.userAgent !== undefined) keys.set('aws:useragent', origin.userAgent);
  if (origin.referer !== undefined) keys.set('aws:referer', origin.referer);
  return keys;
}
