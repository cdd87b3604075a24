import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Scope } from './documents.js';
import type { DataPlaneKey } from './keys.js';

/** Whose requests a token has explained, and for how long. */
export interface ExplainGrant extends Scope {
  apiId: string;
  stageName: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** The header in which it comes with a request. */
export const EXPLAIN_HEADER = 'x-gatehouse-explain';

/** Longest token that is looked at. */
const LONGEST = 2048;

/** A token that every gateway knows as the control plane's: `{key id}.{grant}.{MAC}`, in characters that any header can carry. */
export function signExplainToken(key: DataPlaneKey, { accountId, region, apiId, stageName, expiresAt }: ExplainGrant): string {
  const grant = JSON.stringify([accountId, region, apiId, stageName, expiresAt]);
  const signed = `${key.id}.${Buffer.from(grant).toString('base64url')}`;
  return `${signed}.${macOf(key.explanations, signed).toString('base64url')}`;
}

/** What a token grants, whether or not its time is over; null for one that none of the keys has made. */
export function readExplainToken(keys: readonly DataPlaneKey[], token: string): ExplainGrant | null {
  if (token.length > LONGEST) return null;
  const end = token.lastIndexOf('.');
  const signed = token.slice(0, Math.max(end, 0));
  const [id, grant = ''] = signed.split('.', 2);
  const key = keys.find((each) => each.id === id);
  if (key === undefined) return null;
  const mac = Buffer.from(token.slice(end + 1), 'base64url');
  const expected = macOf(key.explanations, signed);
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return null;
  const said = JSON.parse(Buffer.from(grant, 'base64url').toString('utf8')) as [string, string, string, string, number];
  const [accountId, region, apiId, stageName, expiresAt] = said;
  return { accountId, region, apiId, stageName, expiresAt };
}

function macOf(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
