import {
  gatewayFrom,
  httpBackend,
  restApiModel,
  type GatewayFromOptions,
  type TestAnswer,
  type TestBackend,
  type TestCall,
} from '@gatehouse/testing';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeLambda, payload } from '../../integration/lambda.fixture.js';
import { accessKeyOf, API_ARN, signed, signersOf, user, type Signing } from './signers.fixture.js';

const model = restApiModel({
  'GET /': { authorizationType: 'AWS_IAM' },
  'GET /pets/{id}': { authorizationType: 'AWS_IAM' },
  'POST /pets': { authorizationType: 'AWS_IAM' },
  'DELETE /pets/{id}': { authorizationType: 'AWS_IAM' },
  'GET /files/{proxy+}': { authorizationType: 'AWS_IAM' },
  'GET /open': {},
});
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:hello';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const gateway = (options: GatewayFromOptions = {}, users = [user('ann')]) =>
  gatewayFrom(model, { services: { signers: signersOf(...users) }, ...options });

const outcome = ({ status, header, body }: TestAnswer) =>
  status === 200 ? 200 : [status, header('x-amzn-errortype'), JSON.parse(body) as { message: string }];
const ask = async (call: TestCall, options?: GatewayFromOptions) => outcome(await gateway(options).call(call));
const refused = (errorType: string, message: string) => [403, errorType, { message }];
const minutes = (count: number) => Date.now() + count * 60_000;

describe('methods of AWS_IAM', () => {
  it('let in who signs, and know him from then on', async () => {
    const answer = await gateway().call(signed({ path: '/pets/1?b=2&a=1' }));
    expect(answer.status).toBe(200);
    expect(answer.exchange.caller).toMatchObject({
      accountId: '123456789012',
      accessKey: accessKeyOf('ann'),
      userArn: 'arn:aws:iam::123456789012:user/ann',
      user: 'AIDAANN22222222222222',
    });
  });

  it.each([['/'], ['/pets/a%20b'], ['/pets/a%2Fb'], ['/pets/caf%C3%A9?x=%C3%A9&empty=&flag'], ['/files/a//b'], ['/pets/1/']])(
    'take the path as it was sent: %s',
    async (path) => expect((await gateway().call(signed({ path }))).status).toBe(200),
  );

  it('say what is wrong, as AWS does', async () => {
    const call = { path: '/pets/1' };
    const wrong = (signing: Signing) => ask(signed(call, signing));
    expect(await ask(call)).toEqual(refused('MissingAuthenticationTokenException', 'Missing Authentication Token'));
    expect(await ask({ ...call, headers: ['Authorization', 'AWS4-HMAC-SHA256 A=b'] })).toEqual(
      refused(
        'IncompleteSignatureException',
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of a 'X-Amz-Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=8ln9TUHs9d0gN3PcXT7OfU2+BLK3Fq9L6M186bB0R6Q=",
      ),
    );
    expect(await wrong({ name: 'bob' })).toEqual(
      refused('UnrecognizedClientException', 'The security token included in the request is invalid.'),
    );
    expect(await wrong({ headers: { 'x-amz-security-token': 't' } })).toEqual(
      refused('UnrecognizedClientException', 'The security token included in the request is invalid.'),
    );
    expect(await wrong({ secret: 'wrong' })).toEqual(refused('InvalidSignatureException', MISMATCH));
    expect(await wrong({ service: 'apigateway' })).toEqual(
      refused('InvalidSignatureException', "Credential should be scoped to correct service: 'execute-api'."),
    );
    expect(await wrong({ region: 'eu-west-1' })).toEqual(
      refused('InvalidSignatureException', "Credential should be scoped to a valid region, not 'eu-west-1'."),
    );
    const [status, type, { message }] = (await wrong({ time: minutes(-6) })) as [number, string, { message: string }];
    expect([status, type]).toEqual([403, 'InvalidSignatureException']);
    expect(message).toMatch(/^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/);
    expect(await wrong({ time: minutes(6) })).toMatchObject([403, 'InvalidSignatureException', {}]);
    expect(await wrong({ time: minutes(-4) })).toBe(200);
  });

  it('know nobody where there are no users', async () => {
    expect(await ask(signed({ path: '/pets/1' }), { services: { signers: signersOf() } })).toMatchObject([
      403,
      'UnrecognizedClientException',
      {},
    ]);
  });

  it('hold the body against the signature, and it goes on to the backend whole', async () => {
    const backend = await httpBackend();
    try {
      const post = {
        authorizationType: 'AWS_IAM',
        integration: { type: 'HTTP_PROXY' as const, httpMethod: 'POST', uri: `${backend.url}/in` },
      };
      const serving = gatewayFrom(restApiModel({ 'POST /pets': post }), {
        services: { signers: signersOf(user('ann')) },
        bodyLimit: 100_000,
      });
      const body = 'é'.repeat(40_000);
      const call = signed({ method: 'POST', path: '/pets', body });
      expect((await serving.call(call)).status).toBe(200);
      expect(backend.received.at(-1)?.body).toBe(body);
      expect(outcome(await serving.call({ ...call, body: `${body} ` }))).toEqual(refused('InvalidSignatureException', MISMATCH));
      expect(outcome(await serving.call({ ...call, body: '' }))).toEqual(refused('InvalidSignatureException', MISMATCH));
      // What the client says of its own hash is not believed.
      const hash = createHash('sha256').update('{}').digest('hex');
      const said = signed({ method: 'POST', path: '/pets', body: '{}' }, { headers: { 'x-amz-content-sha256': hash } });
      expect((await serving.call(said)).status).toBe(200);
      expect(outcome(await serving.call({ ...said, body: '{} ' }))).toEqual(refused('InvalidSignatureException', MISMATCH));
      expect((await serving.call({ ...call, body: 'x'.repeat(100_001), contentLength: null })).status).toBe(413);
      await serving.close();
    } finally {
      await backend.close();
    }
  });

  it('take no payload that is not signed', async () => {
    const call = signed(
      { method: 'POST', path: '/pets', body: '{}' },
      { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
    );
    expect(await ask(call)).toEqual(
      refused('InvalidSignatureException', "x-amz-content-sha256 'UNSIGNED-PAYLOAD' is not supported: sign the payload."),
    );
  });

  it('do not pass the signature on', async () => {
    const backend = await httpBackend();
    try {
      const get = {
        authorizationType: 'AWS_IAM',
        integration: { type: 'HTTP_PROXY' as const, httpMethod: 'GET', uri: `${backend.url}/in` },
      };
      const serving = gatewayFrom(restApiModel({ 'GET /pets': get }), { services: { signers: signersOf(user('ann')) } });
      expect((await serving.call(signed({ path: '/pets' }))).status).toBe(200);
      expect(backend.received.at(-1)?.header('authorization')).toBeUndefined();
      await serving.close();
    } finally {
      await backend.close();
    }
  });
});

describe('functions behind methods of AWS_IAM', () => {
  it('are told who signed', async () => {
    const lambda = await fakeLambda();
    try {
      const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;
      const integration = { type: 'AWS_PROXY' as const, httpMethod: 'POST', uri };
      const model = restApiModel({ 'GET /pets': { authorizationType: 'AWS_IAM', integration } });
      const serving = gatewayFrom(model, { lambda: lambda.origin, services: { signers: signersOf(user('ann')) } });
      lambda.answer = payload({ statusCode: 200 });
      expect((await serving.call(signed({ path: '/pets' }))).status).toBe(200);
      expect(lambda.invoked.at(-1)?.event).toMatchObject({
        headers: expect.not.objectContaining({ authorization: expect.anything() as unknown }) as unknown,
        requestContext: {
          identity: {
            accountId: '123456789012',
            caller: 'AIDAANN22222222222222',
            accessKey: accessKeyOf('ann'),
            userArn: 'arn:aws:iam::123456789012:user/ann',
            user: 'AIDAANN22222222222222',
            sourceIp: '192.0.2.7',
          },
        },
      });
      await serving.close();
    } finally {
      await lambda.close();
    }
  });
});

describe("a user's policies", () => {
  const as = async (statements: Parameters<typeof user>[1], call: TestCall) =>
    outcome(await gateway({}, [user('ann', statements)]).call(signed(call)));
  const denied = (path: string, more = '') => [
    403,
    'AccessDeniedException',
    {
      Message: `User: arn:aws:iam::123456789012:user/ann is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:abcdefghij/prod/${path}${more}`,
    },
  ];

  it('allow methods and paths, and what they do not allow is denied', async () => {
    const pets = [{ Resource: `${API_ARN}/prod/GET/pets/*` }];
    expect(await as(pets, { path: '/pets/1' })).toBe(200);
    expect(await as(pets, { path: '/pets/1', method: 'DELETE' })).toEqual(denied('DELETE/pets/1'));
    expect(await as(pets, { path: '/' })).toEqual(denied('GET/'));
    expect(await as([], { path: '/pets/1' })).toEqual(denied('GET/pets/1'));
    expect(await as([{ Resource: `${API_ARN}/test/*` }], { path: '/pets/1' })).toEqual(denied('GET/pets/1'));
    expect(await as([{ Action: 'execute-api:InvalidateCache' }], { path: '/pets/1' })).toEqual(denied('GET/pets/1'));
  });

  it('deny whatever else allows', async () => {
    const but = [{}, { Effect: 'Deny' as const, Resource: `${API_ARN}/*/DELETE/*` }];
    expect(await as(but, { path: '/pets/1' })).toBe(200);
    expect(await as(but, { path: '/pets/1', method: 'DELETE' })).toEqual(denied('DELETE/pets/1', ' with an explicit deny'));
  });

  it('know his name, and from where he calls', async () => {
    const own = [
      { Resource: `${API_ARN}/prod/GET/files/\${aws:username}/*`, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } },
    ];
    expect(await as(own, { path: '/files/ann/1' })).toBe(200);
    expect(await as(own, { path: '/files/bob/1' })).toEqual(denied('GET/files/bob/1'));
    expect(await as(own, { path: '/files/ann/1', remoteAddress: '198.51.100.1' })).toEqual(denied('GET/files/ann/1'));
    const principal = [
      {
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:user/ann' },
          StringEquals: { 'aws:PrincipalType': 'User', 'aws:userid': 'AIDAANN22222222222222' },
        },
      },
    ];
    expect(await as(principal, { path: '/pets/1' })).toBe(200);
  });
});

describe('requests that no method is for', () => {
  it('are told of an Authorization header that is no signature, which they are not told back', async () => {
    const answer = await ask({ path: '/nothing', headers: ['Authorization', 'Bearer secret'] });
    const [status, type, body] = answer as [number, string, { message: string }];
    expect([status, type]).toEqual([403, 'IncompleteSignatureException']);
    expect(body.message).toMatch(
      /^Invalid key=value pair \(missing equal-sign\) in Authorization header \(hashed with SHA-256 and encoded with Base64\): '[\w+/]{43}='\.$/,
    );
  });

  it('miss a token otherwise', async () => {
    const missing = refused('MissingAuthenticationTokenException', 'Missing Authentication Token');
    expect(await ask({ path: '/nothing' })).toEqual(missing);
    expect(await ask(signed({ path: '/nothing' }))).toEqual(missing);
    expect(await ask({ path: '/open', headers: ['Authorization', 'Bearer secret'] })).toBe(200);
  });
});

describe('security class: path normalisation against authorization: users', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await httpBackend();
  });
  afterAll(() => backend.close());

  const notAdmin = [{}, { Effect: 'Deny' as const, Resource: `${API_ARN}/*/GET/files/admin/*` }];
  const statusOf = async (path: string, method = 'GET') =>
    (await gateway({}, [user('ann', notAdmin)]).call(signed({ path, method }))).status;

  it.each([
    '/files/admin/x',
    '/files//admin/x',
    '//files/admin/x',
    '/files/admin%2Fx',
    '/files/%61dmin/x',
    '/files/admin;v=1/x',
    '/files/;a/admin/x',
    '/files/admin/x/',
    '/files/admin//x',
    '/files/x%2F..%2Fadmin/x',
    '/files/x;/..;/admin/x',
  ])('%s does not get past a denial', async (path) => {
    const target = signed({ path });
    const call = async () => (await gateway({}, [user('ann', notAdmin)]).call(target)).status;
    // Where dots lead is not asked for at all: the target has no canonical form.
    await expect(call().catch(() => 403)).resolves.toBe(403);
  });

  it.each(['/files/open/x', '/files/a%2Fb', '/files/administrator/x', '/files/Admin/x'])('%s is another path', async (path) =>
    expect(await statusOf(path)).toBe(200),
  );

  it('a signature for one spelling is none for another', async () => {
    const { headers = [] } = signed({ path: '/pets/1' });
    for (const path of ['/pets/1/', '//pets/1', '/pets/%31', '/Pets/1', '/pets/1?x=1']) {
      expect((await gateway().call({ path, headers })).status).toBe(403);
    }
  });
});

describe('security class: spoofed identity', () => {
  it('nobody can change what is asked for by a verb in a header that is not signed', async () => {
    const call = signed({ path: '/pets/1' });
    const overridden = { ...call, headers: [...(call.headers ?? []), 'X-HTTP-Method-Override', 'DELETE'] };
    expect(await ask(overridden)).toEqual(
      refused('InvalidSignatureException', "'x-http-method-override' must be a 'SignedHeader' in the AWS Authorization."),
    );
    const own = signed({ path: '/pets/1' }, { headers: { 'x-http-method-override': 'DELETE' } });
    const get = [{ Resource: `${API_ARN}/prod/GET/*` }];
    expect(await ask(own)).toBe(200);
    expect(outcome(await gateway({}, [user('ann', get)]).call(own))).toMatchObject([403, 'AccessDeniedException', {}]);
  });

  it('a second host, date, region or Authorization header, or a signature in header and query, is no signature', async () => {
    const call = signed({ path: '/pets/1' });
    const headers = call.headers ?? [];
    const [, authorization = ''] = headers.slice(headers.indexOf('authorization'));
    for (const more of [
      ['Host', 'other'],
      ['X-Amz-Date', '20260101T000000Z'],
      ['Authorization', authorization],
      ['X-Amz-Region-Set', '*'],
    ]) {
      expect((await gateway().call({ ...call, headers: [...headers, ...more] })).status).toBe(403);
    }
    expect((await gateway().call({ path: '/pets/1?X-Amz-Signature=a', headers })).status).toBe(403);
  });
});
