import { describe, expect, it } from 'vitest';
import {
  accessAssociationArn,
  certificateArn,
  parseAccessAssociationArn,
  parseApiGatewayArn,
  parseCertificateArn,
  parsePrivateDomainNameArn,
  privateDomainNameArn,
} from './arns.js';

describe('parseApiGatewayArn', () => {
  it('reads region and path', () => {
    expect(parseApiGatewayArn('arn:aws:apigateway:us-east-1::/restapis/a1/stages/prod')).toEqual({
      region: 'us-east-1',
      path: ['restapis', 'a1', 'stages', 'prod'],
    });
  });

  it('refuses other texts', () => {
    for (const text of [
      '',
      'a1b2c3d4e5',
      'arn:aws:lambda:us-east-1::/restapis/a1',
      'arn:aws-cn:apigateway:cn-north-1::/restapis/a1',
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

describe('ARNs with an account', () => {
  const owner = { accountId: '123456789012', region: 'eu-west-1' };
  const domain = { ...owner, domainName: 'a.example.com', domainNameId: 'abc123' };

  it('are read as they are written', () => {
    const certificateId = '7a1d3b52-6b0c-4c0e-9a53-2d1f1f1c9d10';
    expect(parseCertificateArn(certificateArn(owner, certificateId))).toEqual({ ...owner, certificateId });
    expect(privateDomainNameArn(domain)).toBe('arn:aws:apigateway:eu-west-1:123456789012:/domainnames/a.example.com+abc123');
    expect(parsePrivateDomainNameArn(privateDomainNameArn(domain))).toEqual(domain);
    const association = accessAssociationArn(domain, 'vpce-1');
    expect(association).toBe(
      'arn:aws:apigateway:eu-west-1:123456789012:/domainnameaccessassociations/domainname/a.example.com+abc123/vpcesource/vpce-1',
    );
    expect(parseAccessAssociationArn(association)).toEqual({ ...domain, vpcEndpointId: 'vpce-1' });
  });

  it('are not read out of other texts', () => {
    for (const text of [
      '',
      'arn:aws-cn:acm:eu-west-1:123456789012:certificate/x',
      'arn:aws:acm:eu-west-1::certificate/x',
      'arn:aws:acm:eu-west-1:123456789012:certificate/x/y',
      'arn:aws:apigateway:eu-west-1::/domainnames/a.example.com+abc123',
      'arn:aws:apigateway:eu-west-1:123456789012:/domainnames/a.example.com',
      'arn:aws-cn:apigateway:eu-west-1:123456789012:/domainnames/a.example.com+abc123',
      'arn:aws-cn:apigateway:eu-west-1:123456789012:/domainnameaccessassociations/domainname/a+b/vpcesource/vpce-1',
      'arn:aws:apigateway:eu-west-1:123456789012:/domainnames/a.example.com+abc123/x',
      'arn:aws:apigateway:eu-west-1:123456789012:/domainnameaccessassociations/domainname/a+b/vpcesource/',
    ]) {
      expect([parseCertificateArn(text), parsePrivateDomainNameArn(text), parseAccessAssociationArn(text)], text).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });
});
