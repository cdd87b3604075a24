import { describe, expect, it } from 'vitest';
import { compileResourcePolicy, expandResourcePolicy } from './resource-policy.js';
import { Refusals } from './unenforceable-settings.js';

const scope = { accountId: '123456789012', region: 'us-east-1' };
const ARN = 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij';
const expand = (policy: object) => JSON.parse(expandResourcePolicy(JSON.stringify(policy), scope, 'abcdefghij')) as unknown;
const statement = (more: object) => ({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', ...more });

describe('expandResourcePolicy', () => {
  it('writes the ARN of the API before resources that begin at the stage', () => {
    const short = ['execute-api:/prod/GET/pets/*', `${ARN}/test/*`, 'execute-api:/*', '*'];
    const long = [`${ARN}/prod/GET/pets/*`, `${ARN}/test/*`, `${ARN}/*`, '*'];
    expect(expand({ Statement: [statement({ Resource: short })] })).toEqual({ Statement: [statement({ Resource: long })] });
    expect(expand({ Statement: statement({ NotResource: 'execute-api:/prod/*' }) })).toEqual({
      Statement: statement({ NotResource: `${ARN}/prod/*` }),
    });
  });

  it('leaves everything else as it was written', () => {
    const text = '{ "Version" : "2012-10-17",\n "Statement": [] }';
    expect(expandResourcePolicy(text, scope, 'abcdefghij')).toBe(text);
    const elsewhere = {
      Statement: [{ Sid: 'execute-api:/x', Condition: { StringEquals: { 'aws:Referer': 'execute-api:/y' } } }],
    };
    expect(expand(elsewhere)).toEqual(elsewhere);
  });
});

describe('compileResourcePolicy', () => {
  const compile = (policy: string | undefined) => {
    const refusals = new Refusals('API');
    return [compileResourcePolicy(policy, scope, 'abcdefghij', refusals), refusals.settings];
  };
  it('gives what can be evaluated, and names what cannot', () => {
    expect(compile(undefined)).toEqual([{}, []]);
    const policy = (Resource: string) => JSON.stringify({ Version: '2012-10-17', Statement: [statement({ Resource })] });
    expect(compile(policy('execute-api:/prod/*'))).toEqual([{ policy: policy(`${ARN}/prod/*`) }, []]);
    expect(compile(policy('prod/*'))).toEqual([{}, ['API: policy: Resource prod/* must be in ARN format or "*".']]);
    expect(compile('{"Statement":[],"Statement":[]}')).toEqual([
      {},
      ['API: policy: Syntax errors in policy: "Statement" is there twice.'],
    ]);
  });
});
