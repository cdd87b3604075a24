import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCredentials, parseCredentials } from './credentials.js';

describe('parseCredentials', () => {
  it('reads the default section of a shared credentials file, and nothing of the others', () => {
    const text =
      '[default]\naws_access_key_id = AKIA1\naws_secret_access_key=s=cret\nregion = eu-west-1\n[other]\naws_access_key_id = AKIA2\n';
    expect(parseCredentials(text, 'f', 'us-east-1')).toEqual({
      accessKeyId: 'AKIA1',
      secretAccessKey: 's=cret',
      region: 'eu-west-1',
    });
  });

  it('names the file that has no key, and nothing that is in it', () => {
    expect(() => parseCredentials('[default]\naws_secret_access_key = hidden\n', '/d/credentials', 'r')).toThrow(
      '/d/credentials has no access key in its [default] section',
    );
  });
});

describe('loadCredentials', () => {
  it('prefers the environment and says what to do when there is nothing', async () => {
    const empty = await mkdtemp(path.join(os.tmpdir(), 'gatehouse-test-'));
    const env = { AWS_ACCESS_KEY_ID: 'AKIA3', AWS_SECRET_ACCESS_KEY: 'x' };
    expect(await loadCredentials(env, empty, 'us-east-1')).toMatchObject({ accessKeyId: 'AKIA3', region: 'us-east-1' });
    await expect(loadCredentials({}, empty, 'us-east-1')).rejects.toThrow('start Gatehouse once');
    await rm(empty, { recursive: true });
  });
});
