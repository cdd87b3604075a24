import { clientCertificateName, type CompileContext } from '@gatehouse/compiler';
import { seal, unseal, type ClientCertificateSnapshot, type SealingKey } from '@gatehouse/snapshot';
import { In, type EntityManager } from 'typeorm';
import { ClientCertificateEntity } from './client-certificate.entity.js';

/** Reads what stages show to backends. Gives for each that there is, by id, what makes it: there its key passes from one seal to the other. */
export async function readClientCertificates(
  manager: EntityManager,
  { scope, key }: CompileContext,
  ids: readonly string[],
  atRestKey: SealingKey,
): Promise<Map<string, () => ClientCertificateSnapshot>> {
  if (ids.length === 0) return new Map();
  const rows = await manager.findBy(ClientCertificateEntity, { ...scope, clientCertificateId: In(ids) });
  return new Map(
    rows.map(({ clientCertificateId, pemEncodedCertificate, privateKeySealed }) => [
      clientCertificateId,
      () => {
        const name = clientCertificateName(scope, clientCertificateId);
        const privateKey = seal(key, name, unseal([atRestKey], name, privateKeySealed));
        return { clientCertificateId, certificate: pemEncodedCertificate, privateKey };
      },
    ]),
  );
}
