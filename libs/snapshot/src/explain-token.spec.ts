import { describe, expect, it } from 'vitest';
import { readExplainToken, signExplainToken, type ExplainGrant } from './explain-token.js';
import { dataPlaneKey } from './keys.js';

const KEY = dataPlaneKey(Buffer.alloc(32, 1));
const OTHER = dataPlaneKey(Buffer.alloc(32, 2));
const GRANT: ExplainGrant = {
  accountId: '123456789012',
  region: 'us-east-1',
  apiId: 'abcdefghij',
  stageName: 'prod',
  expiresAt: 1_700_000_000_000,
};

describe('tokens for explanations', () => {
  it('say what they were made for, to whoever has the key', () => {
    const token = signExplainToken(KEY, GRANT);
    expect(token).toMatch(/^[\w.-]+$/);
    expect(readExplainToken([OTHER, KEY], token)).toEqual(GRANT);
  });

  it('security class: forged tokens: are none where anything of them is changed', () => {
    const token = signExplainToken(KEY, GRANT);
    const [id, , mac] = token.split('.');
    const longer = Buffer.from(JSON.stringify(['123456789012', 'us-east-1', 'abcdefghij', 'prod', 9e15])).toString('base64url');
    const foreign = signExplainToken(OTHER, GRANT).split('.')[2];
    expect(readExplainToken([OTHER], token)).toBeNull();
    for (const forged of [
      '',
      '.',
      '..',
      'x',
      `${id}.${longer}.${mac}`,
      `${id}.${token.split('.')[1]}.${foreign}`,
      `${id}.${token.split('.')[1]}.`,
      `${token}A`.replace(/^/, 'A'),
      token.slice(0, -4),
      `${token}.${mac}`,
      'x'.repeat(10_000),
    ]) {
      expect(readExplainToken([KEY], forged)).toBeNull();
    }
  });
});
