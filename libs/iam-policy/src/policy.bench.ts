import { describe, it } from 'vitest';
import { Policy } from './policy.js';

const resource = 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/GET/pets/4711';
const allow = (change = {}) => ({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*', ...change });
const policy = (...Statement: object[]) => Policy.compile({ Version: '2012-10-17', Statement }, 'identity');

const POLICIES = {
  'one statement': policy(allow({ Resource: 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/GET/*' })),
  'two statements, with conditions on address and transport': policy(
    allow({ Condition: { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] } } }),
    allow({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  ),
};
const context = new Map([
  ['aws:sourceip', '198.51.100.7'],
  ['aws:securetransport', 'true'],
]);
const request = { principal: null, action: 'execute-api:Invoke', resource, context, accountGrants: true };
const EVALUATIONS = 1000;

// A hit of an authorizer's cache may cost 5 us, its policy included.
describe('1,000 evaluations of a policy', () => {
  for (const [name, each] of Object.entries(POLICIES)) {
    it(name, async ({ bench }) => {
      await bench(name, () => {
        for (let n = 0; n < EVALUATIONS; n++) each.evaluate(request);
      }).run();
    });
  }
});
