import { describe, expect, it } from 'vitest';
import { MalformedPolicy } from './malformed-policy.js';
import { readPolicyText } from './policy-text.js';
import { Policy } from './policy.js';

const PARTS = [
  ...[
    'Version',
    'Id',
    'Statement',
    'Sid',
    'Effect',
    'Allow',
    'Deny',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Principal',
  ],
  ...[
    'Condition',
    'StringLike',
    'ForAllValues:StringEquals',
    'IpAddress',
    'Null',
    'aws:SourceIp',
    '*',
    '2012-10-17',
    'arn:aws:s3:::b',
  ],
  ...['${aws:username}', '${', '__proto__', 'constructor', '10.0.0.0/8', 'execute-api:Invoke', '', '?'.repeat(40), '*a*b?'],
];
const VALID = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'one',
      Effect: 'Allow',
      Action: ['execute-api:Invoke'],
      Resource: ['arn:aws:execute-api:*:*:${aws:username}/*'],
      Condition: {
        IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] },
        'ForAnyValue:StringLike': { 'aws:Key': 'a*' },
        Null: { 'aws:x': true },
      },
    },
  ],
};

describe('documents at random', () => {
  let seed = 42;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    // Its low digits repeat soon.
    return Math.floor(seed / 65536) % below;
  };
  const part = () => PARTS[random(PARTS.length)] as string;

  /** Some places of a value become something else. */
  function changed(value: unknown): unknown {
    if (random(12) === 0) return [part(), [], {}, null, 1e21, true, [[part()]], { [part()]: part() }][random(8)];
    if (Array.isArray(value)) return value.map(changed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [random(15) === 0 ? part() : name, changed(member)]));
  }

  it('are refused by their own kind of error or evaluated without any', () => {
    const context = new Map<string, string | string[]>([
      ['aws:username', 'ann'],
      ['aws:sourceip', '10.1.2.3'],
      ['aws:key', ['ab', 'c']],
    ]);
    const request = { principal: null, action: 'execute-api:Invoke', context, accountGrants: true };
    let evaluated = 0;
    for (let round = 0; round < 20_000; round++) {
      const text = JSON.stringify(changed(VALID)) ?? 'null';
      try {
        const policy = Policy.compile(readPolicyText(text), 'authorizer');
        expect(['allow', 'deny', 'silent']).toContain(policy.evaluate({ ...request, resource: 'arn:aws:execute-api:r:a:ann/x' }));
        evaluated++;
      } catch (error) {
        if (!(error instanceof MalformedPolicy)) throw new Error(`${text}: ${String(error)}`, { cause: error });
      }
    }
    expect(evaluated).toBeGreaterThan(1000);
  });

  it('however deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(() => Policy.compile(readPolicyText(`{"Version":"2012-10-17","Statement":${deep}}`), 'identity')).toThrow(
      MalformedPolicy,
    );
  });
});
