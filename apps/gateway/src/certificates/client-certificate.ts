import { clientCertificateName } from '@gatehouse/compiler';
import type { ClientCertificate } from '@gatehouse/pipeline';
import { unseal, type ClientCertificateSnapshot, type DataPlaneKey, type Scope } from '@gatehouse/snapshot';
import { createSecureContext } from 'node:tls';

/** Makes ready what a stage shows to backends; null where that is nothing. Throws when its key does not open, or TLS does not take key and certificate. */
export function openClientCertificate(
  dataPlaneKeys: readonly DataPlaneKey[],
  scope: Scope,
  snapshot: ClientCertificateSnapshot | undefined,
): ClientCertificate | null {
  if (snapshot === undefined) return null;
  const { clientCertificateId, certificate, privateKey } = snapshot;
  const key = unseal(dataPlaneKeys, clientCertificateName(scope, clientCertificateId), privateKey);
  return {
    name: `${scope.accountId}/${scope.region}/${clientCertificateId}`,
    context: createSecureContext({ cert: certificate, key }),
  };
}
