import type { CertificateModel } from '@gatehouse/api-model';
import { canonicalJson, dataPlaneKey, readDocument, unseal, UnsealError, writeDocument } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { compileCertificate } from './compile-certificate.js';

const key = dataPlaneKey(Buffer.alloc(32, 7));
const scope = { accountId: '123456789012', region: 'us-east-1' };
const model: CertificateModel = {
  certificateId: 'one',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/one',
  domainNames: ['b.example.com', '*.example.com'],
  chain: 'a chain',
  privateKey: 'a private key',
  notAfter: new Date('2027-01-01T00:00:00Z'),
};

describe('certificate', () => {
  it('becomes a document that gateways read, the same one each time', () => {
    const body = compileCertificate(model, { scope, key });
    expect(body).toEqual({
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/one',
      domainNames: ['b.example.com', '*.example.com'],
      chain: 'a chain',
      privateKey: expect.stringMatching(/^[0-9a-f]{16}\./),
      notAfter: '2027-01-01T00:00:00.000Z',
    });
    const ref = { kind: 'certificate', key: 'one', ...scope } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 1, body })).body).toEqual(body);
    expect(canonicalJson(compileCertificate(model, { scope, key }))).toBe(canonicalJson(body));
  });

  it('security class: secrets in documents: the private key is sealed under the name of its document and opens under no other', () => {
    const { privateKey } = compileCertificate(model, { scope, key });
    expect(privateKey).not.toContain('private');
    expect(unseal([key], 'certificate 123456789012/us-east-1/one', privateKey)).toBe('a private key');
    expect(() => unseal([key], 'certificate 123456789012/us-east-1/two', privateKey)).toThrow(UnsealError);
    expect(() => unseal([key], 'certificate 210987654321/us-east-1/one', privateKey)).toThrow(UnsealError);
  });
});
