import type { Scope, SealingKey } from '@gatehouse/snapshot';
import { seal, unseal } from '@gatehouse/snapshot';

type Variables = Record<string, string>;

/** What the seal of a function's variables is bound to; versions share it, so that publishing one copies the sealed text. */
const environmentName = ({ accountId, region }: Scope, functionName: string) =>
  `environment of function ${accountId}/${region}/${functionName}`;

/** Variables as they are kept: sealed, or null where there are none. */
export function sealEnvironment(key: SealingKey, scope: Scope, functionName: string, variables: Variables): string | null {
  if (Object.keys(variables).length === 0) return null;
  return seal(key, environmentName(scope, functionName), JSON.stringify(variables));
}

/** The reverse of `sealEnvironment`. Throws `UnsealError`. */
export function openEnvironment(key: SealingKey, scope: Scope, functionName: string, sealed: string | null): Variables {
  if (sealed === null) return {};
  return JSON.parse(unseal([key], environmentName(scope, functionName), sealed)) as Variables;
}
