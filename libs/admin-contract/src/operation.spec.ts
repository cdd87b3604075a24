import { describe, expect, it } from 'vitest';
import { resourceArn } from './operation.js';

const scope = { accountId: '123456789012', region: 'us-east-1' };
const arn = (resource: string, parameters: Record<string, string>) => resourceArn({ resource }, scope, parameters);

describe('the ARN that policies are matched against', () => {
  it('has the values of the path, and of the caller', () => {
    expect(arn('arn:aws:apigateway:{region}:{accountId}:/apis/{apiId}', { apiId: 'a1' })).toBe(
      'arn:aws:apigateway:us-east-1:123456789012:/apis/a1',
    );
    expect(arn('/x/{constructor}/{missing}', {})).toBe('/x//');
  });

  it('security class: path normalisation against authorization: keeps one meaning for values that could divide it', () => {
    expect(arn('/restapis/{restApiId}', { restApiId: 'a/b:c*' })).toBe('/restapis/a%2Fb%3Ac*');
    expect(arn('/stages/{stageName}', { stageName: '$default' })).toBe('/stages/$default');
  });

  it('security class: path normalisation against authorization: names a domain in one case, as it is found in any', () => {
    expect(arn('/domainnames/{domainName}', { domainName: 'PAY.Corp.test' })).toBe('/domainnames/pay.corp.test');
    expect(arn('/restapis/{restApiId}', { restApiId: 'A1' })).toBe('/restapis/A1');
  });
});
