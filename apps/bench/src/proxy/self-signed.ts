import path from 'node:path';
import { runToEnd } from '../processes/run-to-end.js';

/** Files of a new certificate that nobody vouches for, and of its key. */
export interface CertificateFiles {
  certificateFile: string;
  keyFile: string;
}

/** Makes one with an EC key on P-256, as most sites have now. */
export async function selfSignedCertificate(openssl: string, directory: string): Promise<CertificateFiles> {
  const [certificateFile, keyFile] = [path.join(directory, 'certificate.pem'), path.join(directory, 'key.pem')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  await runToEnd(openssl, ['req', '-x509', ...key, '-out', certificateFile, '-days', '2', '-subj', '/CN=localhost']);
  return { certificateFile, keyFile };
}
