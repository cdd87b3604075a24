import type { CertificateModel } from '@gatehouse/api-model';
import { refName, seal, type CertificateSnapshot } from '@gatehouse/snapshot';
import type { CompileContext } from './sealed-literal.js';

/** The document of one certificate. Its private key is sealed under the document's own name, so that it opens in no other. */
export function compileCertificate(model: CertificateModel, { scope, key }: CompileContext): CertificateSnapshot {
  const name = refName({ kind: 'certificate', ...scope, key: model.certificateId });
  return {
    certificateArn: model.certificateArn,
    domainNames: model.domainNames,
    chain: model.chain,
    privateKey: seal(key, name, model.privateKey),
    notAfter: model.notAfter.toISOString(),
  };
}
