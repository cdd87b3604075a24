import type { AliasConfiguration } from '@gatehouse/admin-contract/lambda';
import { functionArn } from '@gatehouse/lambda-contract';
import type { FunctionAliasEntity } from '../function/function-alias.entity.js';

/** An alias as it goes over the wire. */
export function aliasView(alias: FunctionAliasEntity): AliasConfiguration {
  return {
    AliasArn: functionArn({ ...alias, qualifier: alias.aliasName }),
    Name: alias.aliasName,
    FunctionVersion: alias.version,
    Description: alias.description,
    RoutingConfig: alias.routing.length > 0 ? { AdditionalVersionWeights: Object.fromEntries(alias.routing) } : undefined,
    RevisionId: alias.revisionId,
  };
}
