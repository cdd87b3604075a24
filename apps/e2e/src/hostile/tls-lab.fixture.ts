import { freePort } from '@gatehouse/embedded';
import { issueCertificate } from '@gatehouse/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HostileLab } from './hostile-lab.js';

/** A lab whose gateway listens for TLS too, on a port of its own. */
export async function tlsLab(
  env: Record<string, string> = {},
): Promise<{ lab: HostileLab; tlsPort: number; stop: () => Promise<void> }> {
  const tlsPort = await freePort();
  const directory = await mkdtemp(path.join(tmpdir(), 'gatehouse-hostile-'));
  const { certificate, privateKey } = issueCertificate();
  const [certificateFile, keyFile] = [path.join(directory, 'certificate.pem'), path.join(directory, 'key.pem')];
  await Promise.all([writeFile(certificateFile, certificate), writeFile(keyFile, privateKey, { mode: 0o600 })]);
  const lab = await HostileLab.start({
    GATEHOUSE_TLS_PORT: String(tlsPort),
    GATEHOUSE_TLS_CERTIFICATE_FILE: certificateFile,
    GATEHOUSE_TLS_KEY_FILE: keyFile,
    ...env,
  });
  const stop = async () => {
    await lab.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { lab, tlsPort, stop };
}
