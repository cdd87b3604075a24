import { dataPlaneKey, PRINCIPAL_REGION, refName, seal, type Document, type PrincipalSnapshot } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { Principals } from './principals.js';

const KEY = dataPlaneKey(Buffer.alloc(32, 7));
const ALLOW = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}}';

function document(
  change: Partial<PrincipalSnapshot> | null,
  userId = 'AIDAANN',
  accountId = '123456789012',
): Document<'principal'> {
  const ref = { kind: 'principal' as const, accountId, region: PRINCIPAL_REGION, key: userId };
  if (change === null) return { ...ref, revision: 2, body: null };
  const accessKeys = ['AKIAONE', 'AKIATWO'].map((accessKeyId) => ({
    accessKeyId,
    secretAccessKey: seal(KEY, refName(ref), `secret of ${accessKeyId}`),
  }));
  return { ...ref, revision: 1, body: { userId, userName: 'ann', accessKeys, policies: [ALLOW], ...change } };
}

describe('Principals', () => {
  it('find users by their access keys', () => {
    const principals = new Principals([KEY]);
    principals.build(document({}))();
    expect(principals.find('AKIATWO')).toMatchObject({
      secretAccessKey: 'secret of AKIATWO',
      caller: {
        accountId: '123456789012',
        accessKey: 'AKIATWO',
        user: 'AIDAANN',
        caller: 'AIDAANN',
        userArn: 'arn:aws:iam::123456789012:user/ann',
      },
    });
    expect(principals.find('AKIAONE')?.caller.policies).toHaveLength(1);
    expect(principals.find('AKIATHREE')).toBeUndefined();
    expect(principals.find('constructor')).toBeUndefined();
  });

  it('forget keys that are gone, and users', () => {
    const principals = new Principals([KEY]);
    const whole = document({});
    principals.build(whole)();
    principals.build(document({ accessKeys: whole.body?.accessKeys.slice(1) ?? [] }))();
    expect([principals.find('AKIAONE'), principals.find('AKIATWO')?.caller.accessKey]).toEqual([undefined, 'AKIATWO']);
    principals.build(document(null))();
    expect(principals.find('AKIATWO')).toBeUndefined();
  });

  it('refuse what does not open, cannot be evaluated or speaks of another, and keep what was there', () => {
    const principals = new Principals([KEY]);
    principals.build(document({}))();
    const other = document({}, 'AIDABOB');
    expect(() => principals.build(document({ accessKeys: other.body?.accessKeys ?? [] }))).toThrow('was changed or moved');
    expect(() => principals.build(document({ policies: ['{}'] }))).toThrow('Policy document must be version 2012-10-17');
    expect(() => principals.build(document({ userId: 'AIDABOB' }))).toThrow('it speaks of AIDABOB');
    expect(principals.find('AKIAONE')).toBeDefined();
  });
});
