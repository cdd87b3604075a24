import { describe, expect, it } from 'vitest';
import { evaluatePolicies } from './evaluate-policies.js';
import { MalformedPolicy } from './malformed-policy.js';
import type { PolicyKind } from './policy-kind.js';
import type { PolicyRequest } from './policy-request.js';
import { readPolicyText } from './policy-text.js';
import { Policy } from './policy.js';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/GET/pets/1';
const ANN = { arn: 'arn:aws:iam::123456789012:user/ann', accountId: '123456789012', userId: 'AIDAAAAAAAAAAAAAAANN' };

type Statement = Record<string, unknown>;

const allow = (change: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: '*',
  ...change,
});
const document = (...Statement: Statement[]) => ({ Version: '2012-10-17', Statement });
const request = (change: Partial<PolicyRequest> = {}): PolicyRequest => ({
  principal: null,
  action: 'execute-api:Invoke',
  resource: ARN,
  context: new Map(),
  accountGrants: true,
  ...change,
});
const verdict = (statements: Statement[], change: Partial<PolicyRequest> = {}, kind: PolicyKind = 'identity') =>
  Policy.compile(document(...statements), kind).evaluate(request(change));

function refusal(value: unknown, kind: PolicyKind = 'identity'): string {
  try {
    Policy.compile(value, kind);
  } catch (error) {
    if (error instanceof MalformedPolicy) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

describe('Policy', () => {
  it('is silent on what it does not speak of, and an explicit denial wins, in whatever order', () => {
    expect(verdict([allow({ Action: 's3:*' })])).toBe('silent');
    expect(verdict([allow()])).toBe('allow');
    expect(verdict([allow(), allow({ Effect: 'Deny' })])).toBe('deny');
    expect(verdict([allow({ Effect: 'Deny' }), allow()])).toBe('deny');
    expect(verdict([allow({ Effect: 'Deny', Resource: 'arn:aws:s3:::b' }), allow()])).toBe('allow');
  });

  it('takes one statement without a list', () => {
    expect(Policy.compile({ Version: '2012-10-17', Statement: allow() }, 'identity').evaluate(request())).toBe('allow');
  });

  it('compares actions in any case and resources in theirs, with wildcards', () => {
    expect(verdict([allow({ Action: 'EXECUTE-api:inv*' })])).toBe('allow');
    expect(verdict([allow({ Action: '*' })])).toBe('allow');
    expect(verdict([allow({ Action: ['s3:Get', 'execute-api:Invok?'] })])).toBe('allow');
    expect(verdict([allow({ Resource: ARN })])).toBe('allow');
    expect(verdict([allow({ Resource: ARN.replace('pets', 'PETS') })])).toBe('silent');
    expect(verdict([allow({ Resource: ['arn:aws:execute-api:*:*:*/prod/*/pets/?'] })])).toBe('allow');
  });

  it('means everything else by NotAction and NotResource', () => {
    expect(verdict([{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }])).toBe('allow');
    expect(verdict([{ Effect: 'Allow', NotAction: ['s3:*', 'execute-api:*'], Resource: '*' }])).toBe('silent');
    const not = (NotResource: string) => [{ Effect: 'Allow', Action: '*', NotResource }];
    expect(verdict(not(ARN))).toBe('silent');
    expect(verdict(not('arn:aws:s3:::bucket'))).toBe('allow');
  });

  it('puts values of the request in the place of variables, and their wildcards stand for themselves', () => {
    const named = (name?: string) => ({ context: new Map(name === undefined ? [] : [['aws:username', name]]) });
    const own = [allow({ Resource: 'arn:aws:execute-api:*:*:*/prod/GET/${aws:username}/*' })];
    const resource = (path: string) => ARN.replace('pets/1', path);
    expect(verdict(own, { ...named('ann'), resource: resource('ann/1') })).toBe('allow');
    expect(verdict(own, { ...named('ann'), resource: resource('bob/1') })).toBe('silent');
    expect(verdict(own, { ...named('*'), resource: resource('bob/1') })).toBe('silent');
    expect(verdict(own, { ...named(), resource: resource('/1') })).toBe('silent');
    const otherwise = [allow({ Resource: "arn:aws:execute-api:*:*:*/prod/GET/${aws:username, 'guest'}/*" })];
    expect(verdict(otherwise, { ...named(), resource: resource('guest/1') })).toBe('allow');
    const stars = [allow({ Resource: 'arn:aws:execute-api:*:*:*/prod/GET/${*}${?}${$}' })];
    expect(verdict(stars, { resource: resource('*?$') })).toBe('allow');
    expect(verdict(stars, { resource: resource('abc') })).toBe('silent');
  });

  it('has no variables in the versions before they came', () => {
    const old = { Version: '2008-10-17', Statement: allow({ Resource: 'arn:aws:execute-api:*:*:*/${aws:username}' }) };
    const context = new Map([['aws:username', 'ann']]);
    const compiled = Policy.compile(old, 'authorizer');
    expect(compiled.evaluate(request({ context, resource: 'arn:aws:execute-api:r:a:x/ann' }))).toBe('silent');
    expect(compiled.evaluate(request({ context, resource: 'arn:aws:execute-api:r:a:x/${aws:username}' }))).toBe('allow');
  });

  it('of several policies a denial wins, then an allowance', () => {
    const of = (effect: string, resource = '*') =>
      Policy.compile(document(allow({ Effect: effect, Resource: resource })), 'identity');
    const silent = of('Allow', 'arn:aws:s3:::x');
    expect(evaluatePolicies([], request())).toBe('silent');
    expect(evaluatePolicies([silent], request())).toBe('silent');
    expect(evaluatePolicies([silent, of('Allow')], request())).toBe('allow');
    expect(evaluatePolicies([of('Allow'), of('Deny'), silent], request())).toBe('deny');
  });
});

describe('principals of resource policies', () => {
  const by = (Principal: unknown, change: Partial<PolicyRequest> = {}, Effect = 'Allow') =>
    verdict([allow({ Effect, Principal })], change, 'resource');

  it('means everybody by an asterisk', () => {
    expect(by('*')).toBe('allow');
    expect(by({ AWS: '*' })).toBe('allow');
    expect(by({ AWS: ['*'] }, { principal: ANN })).toBe('allow');
  });

  it('names users and accounts, and never those who have not signed', () => {
    expect(by({ AWS: ANN.arn }, { principal: ANN })).toBe('allow');
    expect(by({ AWS: ANN.arn })).toBe('silent');
    expect(by({ AWS: [ANN.userId] }, { principal: ANN })).toBe('allow');
    expect(by({ AWS: 'arn:aws:iam::123456789012:user/bob' }, { principal: ANN })).toBe('silent');
    expect(by({ AWS: '123456789012' }, { principal: ANN })).toBe('allow');
    expect(by({ AWS: 'arn:aws:iam::123456789012:root' }, { principal: ANN })).toBe('allow');
    expect(by({ AWS: '210987654321' }, { principal: ANN })).toBe('silent');
    expect(by({ Service: 'apigateway.amazonaws.com' }, { principal: ANN })).toBe('silent');
  });

  it('leaves to an account what is granted to it as a whole, but not what is denied to it', () => {
    const within = { principal: ANN, accountGrants: false };
    expect(by({ AWS: '123456789012' }, within)).toBe('silent');
    expect(by({ AWS: ANN.arn }, within)).toBe('allow');
    expect(by({ AWS: '123456789012' }, within, 'Deny')).toBe('deny');
  });

  it('means everybody else by NotPrincipal', () => {
    const others = [{ Effect: 'Deny', NotPrincipal: { AWS: ANN.arn }, Action: '*', Resource: '*' }];
    expect(verdict(others, { principal: ANN }, 'resource')).toBe('silent');
    expect(verdict(others, {}, 'resource')).toBe('deny');
  });
});

describe('what is refused', () => {
  const bad = (change: Statement) => document(allow(change));

  it.each<[unknown, string]>([
    [null, 'Syntax errors in policy: it is no object.'],
    [[], 'Syntax errors in policy: it is no object.'],
    [{ Version: '2012-10-17' }, 'Syntax errors in policy: it has no Statement.'],
    [document(), 'Syntax errors in policy: it has no Statement.'],
    [{ ...document(allow()), statement: [] }, 'Syntax errors in policy: unknown element "statement".'],
    [{ Statement: allow() }, 'Policy document must be version 2012-10-17 or greater.'],
    [{ Version: '2008-10-17', Statement: allow() }, 'Policy document must be version 2012-10-17 or greater.'],
    [{ Version: '2012-10-18', Statement: allow() }, 'Policy document must be version 2012-10-17 or greater.'],
    [{ Version: '2012-10-17', Statement: 'x' }, 'Syntax errors in policy: a Statement is no object.'],
    [bad({ Effect: 'allow' }), 'Invalid effect: "allow".'],
    [bad({ Effect: undefined }), 'Invalid effect: none.'],
    [bad({ Condtion: {} }), 'Syntax errors in policy: unknown element "Condtion".'],
    [bad({ Sid: 1 }), 'Syntax errors in policy: Sid is no text.'],
    [bad({ Action: undefined }), 'Policy statement must contain actions.'],
    [bad({ Action: [] }), 'Syntax errors in policy: Action is empty.'],
    [bad({ Action: { a: 1 } }), 'Syntax errors in policy: Action is neither text nor a list of texts.'],
    [bad({ Action: 'Invoke' }), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    [bad({ NotAction: '*' }), 'Syntax errors in policy: Action and NotAction in one statement.'],
    [bad({ Resource: undefined }), 'Policy statement must contain resources.'],
    [bad({ Resource: 'prod/GET' }), 'Resource prod/GET must be in ARN format or "*".'],
    [bad({ Principal: '*' }), 'Policy document should not specify a principal.'],
    [bad({ Condition: [] }), 'Syntax errors in policy: Condition is no object.'],
    [bad({ Condition: { Bool: 'x' } }), 'Syntax errors in policy: Condition Bool is no object.'],
    [bad({ Condition: { StringMatches: { 'aws:x': 'y' } } }), 'Invalid Condition type : StringMatches.'],
    [bad({ Condition: { stringequals: { 'aws:x': 'y' } } }), 'Invalid Condition type : stringequals.'],
    [bad({ Condition: { NullIfExists: { 'aws:x': 'true' } } }), 'Invalid Condition type : NullIfExists.'],
    [bad({ Condition: { 'ForSomeValue:StringLike': { 'aws:x': 'y' } } }), 'Invalid Condition type : ForSomeValue:StringLike.'],
    [bad({ Condition: { constructor: { 'aws:x': 'y' } } }), 'Invalid Condition type : constructor.'],
    [
      bad({ Condition: { StringEquals: { SourceIp: 'y' } } }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [bad({ Condition: { StringEquals: { 'aws:x': [] } } }), 'Syntax errors in policy: Condition StringEquals aws:x is empty.'],
    [
      bad({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } }),
      'Invalid value "10.0.0.0/33" for Condition type : IpAddress.',
    ],
    [bad({ Condition: { IpAddress: { 'aws:SourceIp': 'home' } } }), 'Invalid value "home" for Condition type : IpAddress.'],
    [bad({ Condition: { Bool: { 'aws:x': 'yes' } } }), 'Invalid value "yes" for Condition type : Bool.'],
    [bad({ Condition: { NumericEquals: { 'aws:x': 'one' } } }), 'Invalid value "one" for Condition type : NumericEquals.'],
    [
      bad({ Condition: { DateLessThan: { 'aws:x': '2026-13-01' } } }),
      'Invalid value "2026-13-01" for Condition type : DateLessThan.',
    ],
    [bad({ Condition: { ArnLike: { 'aws:x': 'a:b' } } }), 'Invalid value "a:b" for Condition type : ArnLike.'],
    [bad({ Condition: { BinaryEquals: { 'aws:x': '?' } } }), 'Invalid value "?" for Condition type : BinaryEquals.'],
    [bad({ Condition: { Null: { 'aws:x': 'yes' } } }), 'Invalid value "yes" for Condition type : Null.'],
  ])('%j: %s', (value, message) => {
    expect(refusal(JSON.parse(JSON.stringify(value)))).toBe(message);
  });

  it.each([
    [undefined, 'Missing required field Principal'],
    ['ann', 'Syntax errors in policy: Principal is neither "*" nor an object.'],
    [{}, 'Syntax errors in policy: Principal is empty.'],
    [{ AWS: 'arn:aws:iam::123456789012:user/*' }, 'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/*"'],
    [{ AWS: '12345' }, 'Invalid principal in policy: "AWS":"12345"'],
    [{ User: 'ann' }, 'Invalid principal in policy: "User":"ann"'],
  ])('principal %j: %s', (Principal, message) => {
    expect(refusal(document(allow({ Principal })), 'resource')).toBe(message);
  });

  it('a text that is no JSON, or has a member twice', () => {
    expect(() => readPolicyText('{')).toThrow('Syntax errors in policy: it is no JSON.');
    expect(() => readPolicyText('{"a":{"b":1,"c":[{"b":2}],"\\u0062":3}}')).toThrow(
      'Syntax errors in policy: "\\u0062" is there twice.',
    );
    expect(readPolicyText('{"a":[{"b":"}{:\\""},{"b":"a"}]}')).toEqual({ a: [{ b: '}{:"' }, { b: 'a' }] });
  });

  it('not an authorizer that says no version', () => {
    expect(Policy.compile({ Statement: [allow()] }, 'authorizer').evaluate(request())).toBe('allow');
  });
});
