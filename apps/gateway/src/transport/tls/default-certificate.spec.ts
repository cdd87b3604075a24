import { issueCertificate, temporaryDirectory } from '@gatehouse/testing';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StartupError } from '../../startup-error.js';
import { DefaultCertificate } from './default-certificate.js';

vi.mock('node:fs/promises', { spy: true });

const one = issueCertificate({ commonName: 'one.example' });
const two = issueCertificate({ commonName: 'two.example' });

describe('the default certificate', () => {
  let directory: string;
  let used: string[];
  let failures: string[];
  let certificate: DefaultCertificate;

  beforeEach(async () => {
    directory = await temporaryDirectory('certificate');
    used = [];
    failures = [];
    certificate = new DefaultCertificate(
      { certificateFile: path.join(directory, 'tls.crt'), keyFile: path.join(directory, 'tls.key') },
      (cert, key) => {
        createSecureContext({ cert, key });
        used.push(cert);
      },
      (error) => failures.push(error.message),
    );
  });
  afterEach(async () => {
    certificate.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const write = async (name: 'tls.crt' | 'tls.key', text: string) => writeFile(path.join(directory, name), text);
  const writeBoth = async ({ certificate: cert, privateKey }: typeof one) => {
    await write('tls.crt', cert);
    await write('tls.key', privateKey);
  };

  it('is read again when its files have changed, and only then', async () => {
    await writeBoth(one);
    await certificate.start();
    await certificate.look();
    expect(used).toEqual([one.certificate]);
    await writeBoth(two);
    await certificate.look();
    expect([used, failures]).toEqual([[one.certificate, two.certificate], []]);
  });

  it('waits for the other file while only one is replaced', async () => {
    await writeBoth(one);
    await certificate.start();
    await write('tls.crt', two.certificate);
    await certificate.look();
    await certificate.look();
    expect(failures).toEqual([
      expect.stringMatching(/^GATEHOUSE_TLS_CERTIFICATE_FILE, GATEHOUSE_TLS_KEY_FILE: .*key values mismatch$/),
    ]);
    await write('tls.key', two.privateKey);
    await certificate.look();
    expect(used).toEqual([one.certificate, two.certificate]);
  });

  it('is found behind a link that leads elsewhere', async () => {
    for (const [version, issued] of [
      ['v1', one],
      ['v2', two],
    ] as const) {
      await mkdir(path.join(directory, version));
      await writeFile(path.join(directory, version, 'tls.crt'), issued.certificate);
      await writeFile(path.join(directory, version, 'tls.key'), issued.privateKey);
    }
    const link = path.join(directory, 'current');
    await symlink('v1', link);
    for (const name of ['tls.crt', 'tls.key']) await symlink(path.join('current', name), path.join(directory, name));
    await certificate.start();
    await symlink('v2', `${link}.new`);
    await rename(`${link}.new`, link);
    await certificate.look();
    expect(used).toEqual([one.certificate, two.certificate]);
  });

  it('stays when its files go away, and is read when they are back', async () => {
    await writeBoth(one);
    await certificate.start();
    await rm(path.join(directory, 'tls.key'));
    await certificate.look();
    await certificate.look();
    expect([used.length, failures.length]).toEqual([1, 1]);
    await writeBoth(two);
    await certificate.look();
    expect(used).toHaveLength(2);
  });

  it('is read at the next look where it could not be read for once', async () => {
    await writeBoth(one);
    await certificate.start();
    // The state of a file is found without opening it, so that this is what too many open files look like too.
    vi.mocked(readFile).mockRejectedValueOnce(new Error('EMFILE: too many open files'));
    await writeBoth(two);
    await certificate.look();
    expect([used.length, failures.length]).toEqual([1, 1]);
    await certificate.look();
    expect(used).toEqual([one.certificate, two.certificate]);
  });

  it.each([
    ['no file', async () => undefined, /no such file/],
    ['no certificate', async () => writeBoth({ ...one, certificate: 'text' }), /no start line/],
    ['an empty key', async () => writeBoth({ ...one, privateKey: '' }), /one of them is empty$/],
    ['no key', async () => writeBoth({ ...one, privateKey: 'text' }), /DECODER/],
    ["another certificate's key", async () => writeBoth({ ...one, privateKey: two.privateKey }), /key values mismatch$/],
  ])('does not start with %s, and says so in one line', async (_, prepare, message) => {
    await prepare();
    const started = certificate.start();
    await expect(started).rejects.toThrow(StartupError);
    await expect(started).rejects.toThrow(/^GATEHOUSE_TLS_CERTIFICATE_FILE, GATEHOUSE_TLS_KEY_FILE: [^\n]*$/);
    await expect(started).rejects.toThrow(message);
  });
});
