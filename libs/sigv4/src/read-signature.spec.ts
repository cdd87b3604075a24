import { AwsError } from '@gatehouse/aws-wire';
import { describe, expect, it } from 'vitest';
import { readSignature } from './read-signature.js';

const CREDENTIAL = 'AKIDEXAMPLEAKIDEXAMP/20150830/us-east-1/apigateway/aws4_request';
const SIGNATURE = 'a'.repeat(64);
const HEADER = `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host;x-amz-date, Signature=${SIGNATURE}`;
const QUERY: Record<string, string> = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': encodeURIComponent(CREDENTIAL),
  'X-Amz-Date': '20150830T123600Z',
  'X-Amz-Expires': '60',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': SIGNATURE,
};

function withHeader(authorization: string, more: string[] = ['X-Amz-Date', '20150830T123600Z']) {
  return { method: 'GET', rawTarget: '/restapis', rawHeaders: ['Host', 'a', 'Authorization', authorization, ...more] };
}

function withQuery(change: Record<string, string | undefined> = {}, more = '') {
  const pairs = Object.entries({ ...QUERY, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  return { method: 'GET', rawTarget: `/restapis?${pairs.join('&')}${more}`, rawHeaders: ['Host', 'a'] };
}

function refusal(head: Parameters<typeof readSignature>[0]): [string, number, string] {
  try {
    readSignature(head);
  } catch (error) {
    if (error instanceof AwsError) return [error.type, error.status, error.message];
    throw error;
  }
  throw new Error('was accepted');
}

describe('readSignature', () => {
  it('reads the Authorization header', () => {
    const expected = {
      form: 'header',
      algorithm: 'AWS4-HMAC-SHA256',
      accessKeyId: 'AKIDEXAMPLEAKIDEXAMP',
      date: '20150830',
      region: 'us-east-1',
      service: 'apigateway',
      amzDate: '20150830T123600Z',
      signedHeaders: ['host', 'x-amz-date'],
      signature: SIGNATURE,
    };
    expect(readSignature(withHeader(HEADER))).toEqual(expected);
    expect(readSignature(withHeader(HEADER.replaceAll(', ', ',')))).toEqual(expected);
  });

  it('reads the query of a presigned URL', () => {
    expect(readSignature(withQuery())).toMatchObject({
      form: 'query',
      expiresSeconds: 60,
      signedHeaders: ['host'],
      region: 'us-east-1',
    });
  });

  it('misses a token where there is no signature', () => {
    const head = { method: 'GET', rawTarget: '/restapis?limit=1', rawHeaders: ['Host', 'a'] };
    expect(refusal(head)).toEqual(['MissingAuthenticationTokenException', 403, 'Missing Authentication Token']);
  });

  it('names all that is missing in the header, and the header by its hash only', () => {
    expect(refusal(withHeader('AWS4-HMAC-SHA256 A=b', []))).toEqual([
      'IncompleteSignatureException',
      403,
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
        "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of a 'X-Amz-Date' header. " +
        '(Hashed with SHA-256 and encoded with Base64) Authorization=8ln9TUHs9d0gN3PcXT7OfU2+BLK3Fq9L6M186bB0R6Q=',
    ]);
  });

  it.each([
    ['Basic dXNlcjpwYXNzd29yZA=='],
    ['AWS4-HMAC-SHA256 Credential'],
    ['AWS4-ECDSA-P256-SHA256 Credential=a, SignedHeaders=host, Signature=b'],
    ['dXNlcjpwYXNzd29yZA=='],
    [''],
  ])('security class: secrets in errors: the header %j is not repeated', (header) => {
    const [type, , message] = refusal(withHeader(header));
    expect(type).toBe('IncompleteSignatureException');
    expect(message).toMatch(
      /^Invalid key=value pair \(missing equal-sign\) in Authorization header \(hashed with SHA-256 and encoded with Base64\): '[\w+/]{43}='\.$/,
    );
  });

  it.each([
    [
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got',
      HEADER.replace('/apigateway', ''),
    ],
    [
      "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3_request'.",
      HEADER.replace('aws4_r', 'aws3_r'),
    ],
    ["Credential should be scoped to a valid region, not 'us_east'.", HEADER.replace('us-east-1', 'us_east')],
    ["'SignedHeaders' must name headers in lower case, separated by semicolons.", HEADER.replace('host;', 'Host;')],
    ["Authorization header has more than one 'Signature' parameter.", `${HEADER}, Signature=${SIGNATURE}`],
  ])('refuses: %s', (message, header) => {
    expect(refusal(withHeader(header))[2]).toContain(message);
  });

  it.each(['2015-08-30T12:36:00Z', '20150230T123600Z', '20150830T123600', '20150830T123600Z,20150830T123600Z'])(
    'refuses the date %s',
    (date) => {
      expect(refusal(withHeader(HEADER, ['X-Amz-Date', date]))[2]).toBe(
        `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      );
    },
  );

  it.each(Object.keys(QUERY))('names %s when a presigned URL lacks it', (name) => {
    const [type, , message] = refusal(withQuery({ [name]: undefined }));
    expect(type).toBe('IncompleteSignatureException');
    expect(message).toBe(`AWS query-string parameters must include '${name}'. Re-examine the query-string parameters.`);
  });

  it.each([
    ['0', 'X-Amz-Expires must be at least 1 second'],
    ['-1', 'X-Amz-Expires should be a number'],
    ['604801', 'X-Amz-Expires must be less than a week (in seconds)'],
    ['60.5', 'X-Amz-Expires should be a number'],
  ])('refuses an expiry of %s', (expires, message) => {
    expect(refusal(withQuery({ 'X-Amz-Expires': expires }))[2]).toContain(message);
  });

  it('takes an expiry of a week', () => {
    expect(readSignature(withQuery({ 'X-Amz-Expires': '604800' })).expiresSeconds).toBe(604_800);
  });

  it('security class: doubled credentials: a request carries one signature, said once', () => {
    expect(refusal(withQuery({}, '&X-Amz-Signature=b'))[2]).toBe(
      "AWS query-string parameters must include 'X-Amz-Signature' only once.",
    );
    expect(refusal(withQuery({}, '&X%2DAmz-Date=20150830T123601Z'))[2]).toBe(
      "AWS query-string parameters must include 'X-Amz-Date' only once.",
    );
    const both = { ...withHeader(HEADER), rawTarget: withQuery().rawTarget };
    expect(refusal(both)[2]).toBe('A request must carry one signature: in one Authorization header, or in its query.');
    expect(refusal(withHeader(HEADER, ['X-Amz-Date', '20150830T123600Z', 'authorization', HEADER]))[2]).toBe(
      'A request must carry one signature: in one Authorization header, or in its query.',
    );
  });

  it('knows no session credentials', () => {
    const expected = ['UnrecognizedClientException', 403, 'The security token included in the request is invalid.'];
    expect(refusal(withHeader(HEADER, ['X-Amz-Date', '20150830T123600Z', 'x-amz-security-token', 't']))).toEqual(expected);
    expect(refusal(withQuery({ 'X-Amz-Security-Token': 't' }))).toEqual(expected);
  });
});
