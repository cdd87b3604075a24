import type { DomainNameModel } from '@gatehouse/api-model';
import { describe, expect, it } from 'vitest';
import { compileDomain, unenforceableOfDomain } from './compile-domain.js';

const model = (changes: Partial<DomainNameModel> = {}): DomainNameModel => ({
  domainName: 'api.example.com',
  endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
  certificates: [],
  securityPolicy: 'TLS_1_2',
  routingMode: 'BASE_PATH_MAPPING_ONLY',
  basePathMappings: [],
  ...changes,
});
const edge = { setting: 'certificateArn' as const, certificateArn: 'arn:edge', imported: true };
const regional = { setting: 'regionalCertificateArn' as const, certificateArn: 'arn:regional', imported: true };
const types = (...types: DomainNameModel['endpointConfiguration']['types']) => ({ types, ipAddressType: 'ipv4' as const });

describe('compileDomain', () => {
  it('has base paths in order, and no stage where the path names it', () => {
    const basePathMappings = [
      { basePath: 'pets', apiId: 'api2', stage: 'prod' },
      { basePath: '', apiId: 'api1' },
    ];
    expect(compileDomain(model({ basePathMappings }))).toEqual({
      domainName: 'api.example.com',
      certificateArn: null,
      basePaths: [
        { basePath: '', protocol: 'REST', apiId: 'api1', stage: null },
        { basePath: 'pets', protocol: 'REST', apiId: 'api2', stage: 'prod' },
      ],
      denied: [],
    });
  });

  it('names the certificate of the endpoint type', () => {
    const shown = (changes: Partial<DomainNameModel>) => compileDomain(model(changes)).certificateArn;
    const certificates = [edge, regional];
    expect(shown({ certificates })).toBe('arn:edge');
    expect(shown({ certificates, endpointConfiguration: types('REGIONAL') })).toBe('arn:regional');
    expect(shown({ certificates, endpointConfiguration: types('EDGE', 'REGIONAL') })).toBe('arn:regional');
    expect(shown({ certificates: [regional] })).toBe('arn:regional');
    expect(shown({ certificates: [{ ...edge, setting: 'certificateBody' }], endpointConfiguration: types('REGIONAL') })).toBe(
      'arn:edge',
    );
  });

  it.each<[Partial<DomainNameModel>, string]>([
    [
      { certificates: [{ ...regional, imported: false }] },
      'regionalCertificateArn arn:regional, which names no certificate that was imported',
    ],
    [{ endpointConfiguration: types('PRIVATE') }, 'endpointConfiguration type PRIVATE'],
    [{ securityPolicy: 'TLS_1_0' }, 'securityPolicy TLS_1_0'],
    [{ endpointAccessMode: 'STRICT' }, 'endpointAccessMode STRICT'],
    [{ mutualTlsAuthentication: { truststoreUri: 's3://bucket/key' } }, 'mutualTlsAuthentication'],
    [{ ownershipVerificationCertificateArn: 'arn:aws:acm:x' }, 'ownershipVerificationCertificateArn'],
    [{ policy: '{}' }, 'policy'],
    [{ managementPolicy: '{}' }, 'managementPolicy'],
    [{ routingMode: 'ROUTING_RULE_ONLY' }, 'routingMode ROUTING_RULE_ONLY'],
  ])('denies %j', (changes, named) => {
    expect(compileDomain(model(changes)).denied).toEqual([`domain api.example.com: ${named}`]);
  });

  it('denies nothing that holds anyway, and names everything else', () => {
    expect(unenforceableOfDomain(model({ endpointAccessMode: 'BASIC', certificates: [edge] }))).toEqual([]);
    expect(unenforceableOfDomain(model({ securityPolicy: 'TLS_1_0', policy: '{}' }))).toHaveLength(2);
  });
});
