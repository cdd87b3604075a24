import type { ClientCertificate } from '@gatehouse/admin-contract/apigateway';
import type { ClientCertificateEntity } from './client-certificate.entity.js';

/** A client certificate as it goes over the wire: the public part only. Lists and the answer to a creation leave empty tags out. */
export function clientCertificateView(
  certificate: ClientCertificateEntity,
  { withEmptyTags }: { withEmptyTags: boolean },
): ClientCertificate {
  return {
    clientCertificateId: certificate.clientCertificateId,
    description: certificate.description ?? undefined,
    pemEncodedCertificate: certificate.pemEncodedCertificate,
    createdDate: certificate.createdDate,
    expirationDate: certificate.expirationDate,
    tags: withEmptyTags || Object.keys(certificate.tags).length > 0 ? certificate.tags : undefined,
  };
}
