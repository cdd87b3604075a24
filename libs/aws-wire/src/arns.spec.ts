import { describe, expect, it } from 'vitest';
import { certificateArn, parseApiGatewayArn } from './arns.js';

describe('parseApiGatewayArn', () => {
  it('reads partition, region and path', () => {
    expect(parseApiGatewayArn('arn:aws-cn:apigateway:cn-north-1::/restapis/a1/stages/prod')).toEqual({
      partition: 'aws-cn',
      region: 'cn-north-1',
      path: ['restapis', 'a1', 'stages', 'prod'],
    });
  });

  it('refuses other texts', () => {
    for (const text of [
      '',
      'a1b2c3d4e5',
      'arn:aws:lambda:us-east-1::/restapis/a1',
      'arn:aws:apigateway:us-east-1:123456789012:/restapis/a1',
      'arn:aws:apigateway:us-east-1::',
      'arn:aws:apigateway:us-east-1::/',
      'arn:aws:apigateway:us-east-1::/restapis/a\0',
    ]) {
      expect(parseApiGatewayArn(text)).toBeUndefined();
    }
  });
});

describe('certificateArn', () => {
  it('has account and region', () => {
    expect(certificateArn({ accountId: '123456789012', region: 'eu-west-1' }, '7a1d3b52-6b0c-4c0e-9a53-2d1f1f1c9d10')).toBe(
      'arn:aws:acm:eu-west-1:123456789012:certificate/7a1d3b52-6b0c-4c0e-9a53-2d1f1f1c9d10',
    );
  });
});
