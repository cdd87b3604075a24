import { createECDH, createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asymmetricPrivateKey, asymmetricPublicKey } from './asymmetric-key.js';
import { sha256 } from './canonical-request.js';
import { checkSignature } from './check-signature.js';
import { ALL_ALGORITHMS, readSignature } from './read-signature.js';
import type { RequestHead } from './request-head.js';
import { ASYMMETRIC_ALGORITHM } from './signature-scope.js';
import { stringToSign } from './signature.js';
import { verifySignature } from './verify-signature.js';

const KEY = { accessKeyId: 'AKIDEXAMPLEAKIDEXAMP', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const NOW = Date.parse('2015-08-30T12:36:00Z');
const SIGNED_HEADERS = ['host', 'x-amz-date', 'x-amz-region-set'];

/** As a client does it, with OpenSSL in the place of its own arithmetic. */
function signed(body = '', regionSet = 'us-east-1', target = '/prod/pets%2F1?b=2&a=1'): RequestHead {
  const rawHeaders = ['Host', 'api.test', 'X-Amz-Date', '20150830T123600Z', 'X-Amz-Region-Set', regionSet];
  const head = { method: 'POST', rawTarget: target, rawHeaders };
  const scope = { amzDate: '20150830T123600Z', date: '20150830', region: '', service: 'execute-api' };
  const text = stringToSign(ASYMMETRIC_ALGORITHM, head, SIGNED_HEADERS, sha256(body), scope);
  const jwk = asymmetricPublicKey(KEY.accessKeyId, KEY.secretAccessKey).export({ format: 'jwk' });
  const d = asymmetricPrivateKey(KEY.accessKeyId, KEY.secretAccessKey).toString('base64url');
  const signature = sign('sha256', Buffer.from(text), createPrivateKey({ key: { ...jwk, d }, format: 'jwk' })).toString('hex');
  const credential = `${KEY.accessKeyId}/20150830/execute-api/aws4_request`;
  const authorization = `${ASYMMETRIC_ALGORITHM} Credential=${credential}, SignedHeaders=${SIGNED_HEADERS.join(';')}, Signature=${signature}`;
  return { ...head, rawHeaders: [...rawHeaders, 'Authorization', authorization] };
}

function verify(head: RequestHead, body = '', secret = KEY.secretAccessKey): void {
  const presented = readSignature(head, ALL_ALGORITHMS);
  checkSignature(presented, head, { service: 'execute-api', region: 'us-east-1', now: NOW });
  verifySignature(presented, head, Buffer.from(body), secret);
}

const MISMATCH = 'The request signature we calculated does not match';

describe('Signature Version 4A', () => {
  it("makes the key of AWS's published case", () => {
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(asymmetricPrivateKey('AKISORANDOMAASORANDOM', 'q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom'));
    expect(pair.getPublicKey('hex')).toBe(
      '0415d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0',
    );
  });

  it('is read, checked and verified', () => {
    expect(readSignature(signed(), ALL_ALGORITHMS)).toMatchObject({
      algorithm: ASYMMETRIC_ALGORITHM,
      region: '',
      regionSet: ['us-east-1'],
      service: 'execute-api',
      date: '20150830',
    });
    expect(() => verify(signed())).not.toThrow();
    expect(() => verify(signed('{}', 'eu-west-1, us-*'), '{}')).not.toThrow();
  });

  it('is for one body, target, header and secret', () => {
    expect(() => verify(signed(), ' ')).toThrow(MISMATCH);
    expect(() => verify({ ...signed(), rawTarget: '/prod/pets/1?b=2&a=1' })).toThrow(MISMATCH);
    expect(() => verify(signed(), '', 'other')).toThrow(MISMATCH);
    const { rawHeaders, ...head } = signed();
    const change = (from: string, to: string) => ({ ...head, rawHeaders: rawHeaders.map((text) => text.replace(from, to)) });
    expect(() => verify(change('api.test', 'other.test'))).toThrow(MISMATCH);
    expect(() => verify(change('us-east-1', '*'))).toThrow(MISMATCH);
  });

  it('wants a set of regions, signed, that has the region', () => {
    expect(() => verify(signed('', 'eu-west-1'))).toThrow("not 'eu-west-1'");
    const { rawHeaders, ...head } = signed();
    const without = rawHeaders.filter((_, at) => at !== 4 && at !== 5);
    expect(() => verify({ ...head, rawHeaders: without })).toThrow("existence of a 'X-Amz-Region-Set' header");
    const unsigned = rawHeaders.map((text) => text.replace(';x-amz-region-set', ''));
    expect(() => verify({ ...head, rawHeaders: unsigned })).toThrow("'x-amz-region-set' must be a 'SignedHeader'");
  });

  it.each(['', 'zz', 'ab', '30'.repeat(70), 'é'])('refuses the signature %j without a crash', (signature) => {
    const { rawHeaders, ...head } = signed();
    const changed = rawHeaders.map((text) => text.replace(/Signature=.*/, `Signature=${signature}`));
    expect(() => verify({ ...head, rawHeaders: changed })).toThrow();
  });

  it('is no signature for who wants Version 4, and has no region in its scope', () => {
    expect(() => readSignature(signed())).toThrow('Invalid key=value pair (missing equal-sign) in Authorization header');
    const { rawHeaders, ...head } = signed();
    const scoped = rawHeaders.map((text) => text.replace('/execute-api', '/us-east-1/execute-api'));
    expect(() => readSignature({ ...head, rawHeaders: scoped }, ALL_ALGORITHMS)).toThrow('exactly 4 slash-delimited elements');
  });
});
