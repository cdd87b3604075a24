import { AwsError } from '@gatehouse/aws-wire';
import { describe, expect, it } from 'vitest';
import { checkSignature } from './check-signature.js';
import type { PresentedSignature } from './read-signature.js';

const NOW = Date.parse('2015-08-30T12:36:00Z');
const PRESENTED: PresentedSignature = {
  form: 'header',
  algorithm: 'AWS4-HMAC-SHA256',
  accessKeyId: 'AKIDEXAMPLEAKIDEXAMP',
  date: '20150830',
  region: 'eu-central-1',
  service: 'apigateway',
  amzDate: '20150830T123600Z',
  signedHeaders: ['host', 'x-amz-date'],
  signature: '',
};

function refusal(change: Partial<PresentedSignature>, rawHeaders: string[] = [], now = NOW): string | undefined {
  const head = {
    method: 'GET',
    rawTarget: '/restapis',
    rawHeaders: ['Host', 'a', 'X-Amz-Date', '20150830T123600Z', ...rawHeaders],
  };
  try {
    checkSignature({ ...PRESENTED, ...change }, head, { service: 'apigateway', now });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(AwsError);
    expect((error as AwsError).type).toBe('InvalidSignatureException');
    return (error as AwsError).message;
  }
}

describe('checkSignature', () => {
  it('accepts what is in time, in scope and covers what it must', () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({}, ['x-amz-content-sha256', 'ab'])).toBeDefined();
    expect(
      refusal({ signedHeaders: ['host', 'x-amz-content-sha256', 'x-amz-date'] }, ['x-amz-content-sha256', 'ab']),
    ).toBeUndefined();
  });

  it('wants the service and the day that the signature is for', () => {
    expect(refusal({ service: 's3' })).toBe("Credential should be scoped to correct service: 'apigateway'.");
    expect(refusal({ date: '20150829' })).toBe(
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from '20150830T123600Z'.",
    );
  });

  it('allows clocks to be five minutes apart', () => {
    const minutes = (count: number) => NOW + count * 60_000;
    expect(refusal({}, [], minutes(5))).toBeUndefined();
    expect(refusal({}, [], minutes(-5))).toBeUndefined();
    expect(refusal({}, [], minutes(5) + 1000)).toBe(
      'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)',
    );
    expect(refusal({}, [], minutes(-5) - 1000)).toBe(
      'Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)',
    );
  });

  it('lets a presigned URL live as long as it says', () => {
    const presigned = { form: 'query', expiresSeconds: 3600 } as const;
    expect(refusal(presigned, [], NOW + 3_600_000)).toBeUndefined();
    expect(refusal(presigned, [], NOW + 3_601_000)).toBe(
      'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T133601Z - 3600 sec.)',
    );
    expect(refusal(presigned, [], NOW - 301_000)).toContain('Signature not yet current');
  });

  it('security class: unsigned headers: host and every x-amz-* header are covered', () => {
    expect(refusal({ signedHeaders: ['x-amz-date'] })).toBe(
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
    expect(refusal({ signedHeaders: ['host'] })).toBe("'x-amz-date' must be a 'SignedHeader' in the AWS Authorization.");
    expect(refusal({}, ['X-AMZ-Target', 'x'])).toBe("'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.");
  });

  it.each(['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'])(
    'security class: unsigned payloads: %s is refused',
    (value) => {
      const signedHeaders = ['host', 'x-amz-content-sha256', 'x-amz-date'];
      expect(refusal({ signedHeaders }, ['x-amz-content-sha256', value])).toBe(
        `x-amz-content-sha256 '${value}' is not supported: sign the payload.`,
      );
    },
  );

  it('wants the region where one is asked for, alone or in a set', () => {
    const head = { method: 'GET', rawTarget: '/', rawHeaders: ['Host', 'a'] };
    const inRegion = (change: Partial<PresentedSignature>, region: string) => () =>
      checkSignature({ ...PRESENTED, ...change }, head, { service: 'apigateway', region, now: NOW });
    expect(inRegion({}, 'eu-central-1')).not.toThrow();
    expect(inRegion({}, 'us-east-1')).toThrow("Credential should be scoped to a valid region, not 'eu-central-1'.");
    const set = (...regionSet: string[]) => inRegion({ region: '', regionSet }, 'us-east-1');
    expect(set('*')).not.toThrow();
    expect(set('eu-west-1', 'us-*')).not.toThrow();
    expect(set('us-east-1')).not.toThrow();
    expect(set('us-*-2', 'eu-*', 'us-east-11')).toThrow(
      "Credential should be scoped to a valid region, not 'us-*-2,eu-*,us-east-11'.",
    );
  });
});
