import { seal, type DataPlaneKey, type Scope, type SealedSecret } from '@gatehouse/snapshot';

/** Under which key, and as part of which API, a deployment is compiled. */
export interface CompileContext {
  scope: Scope;
  key: DataPlaneKey;
}

/** The name under which the literals of one API's deployments are sealed; the gateway opens them with the same. */
export function literalName(scope: Scope, apiId: string): string {
  return `deployment ${scope.accountId}/${scope.region}/${apiId}`;
}

/** The name under which the private key of a client certificate is sealed. */
export function clientCertificateName({ accountId, region }: Scope, clientCertificateId: string): string {
  return `client-certificate ${accountId}/${region}/${clientCertificateId}`;
}

/** Seals one literal of an API: it is where users write credentials for their backends. */
export function sealLiteral(context: CompileContext, apiId: string, text: string): SealedSecret {
  return seal(context.key, literalName(context.scope, apiId), text);
}
