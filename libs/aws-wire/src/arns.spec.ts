import { describe, expect, it } from 'vitest';
import { parseApiGatewayArn } from './arns.js';

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
