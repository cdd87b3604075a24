import { describe, expect, it } from 'vitest';
import { sha256 } from './canonical-request.js';
import { sign } from './sign.js';
import { signatureOf } from './signature.js';

// The published test suite of Signature Version 4 (aws-sig-v4-test-suite).
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const SCOPE = { amzDate: '20150830T123600Z', date: '20150830', region: 'us-east-1', service: 'service' };
const BASE = ['Host', 'example.amazonaws.com', 'X-Amz-Date', '20150830T123600Z'];

describe('signatureOf', () => {
  it.each([
    ['get-vanilla', 'GET', '/', [], '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      'GET',
      '/?Param2=value2&Param1=value1',
      [],
      '',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-header-key-duplicate',
      'GET',
      '/',
      ['My-Header1', 'value2', 'My-Header1', 'value2', 'My-Header1', 'value1'],
      '',
      'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    ],
    [
      'get-header-value-trim',
      'GET',
      '/',
      ['My-Header1', ' value1', 'My-Header2', ' "a   b   c"'],
      '',
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    [
      'post-x-www-form-urlencoded',
      'POST',
      '/',
      ['Content-Type', 'application/x-www-form-urlencoded'],
      'Param1=value1',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('%s', (_name, method, rawTarget, headers, body, expected) => {
    const rawHeaders = [...BASE, ...headers];
    const signedHeaders = [...new Set(rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()))].sort();
    expect(signatureOf({ method, rawTarget, rawHeaders }, signedHeaders, sha256(body), SCOPE, SECRET)).toBe(expected);
  });
});

describe('sign', () => {
  it('makes the header of the published get-vanilla case', () => {
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET };
    const request = { method: 'GET', url: new URL('https://example.amazonaws.com/') };
    expect(
      sign(request, credentials, { region: 'us-east-1', service: 'service', time: Date.parse('2015-08-30T12:36:00Z') }),
    ).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    });
  });

  // AWS, "Signature Calculations for the Authorization Header", example of PUT Object.
  it('signs the path of S3 as it is encoded once, however it is sent', () => {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
    const headers = { Date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
    for (const path of ['/test$file.text', '/test%24file.text']) {
      const url = new URL(path, 'https://examplebucket.s3.amazonaws.com');
      const request = { method: 'PUT', url, headers, body: 'Welcome to Amazon S3.' };
      const signed = sign(request, credentials, { region: 'us-east-1', service: 's3', time: Date.parse('2013-05-24T00:00:00Z') });
      expect(signed).toMatchObject({
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        authorization: expect.stringMatching(/Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd$/),
      });
    }
  });
});
