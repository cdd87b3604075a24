import { gatewayFrom, restApiModel, type GatewayFromOptions, type TestAnswer, type TestCall } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { API_ARN, resourceDocument, signed, signersOf, user, type Statement } from './authorization/signers.fixture.js';

const METHODS = { 'GET /pets/{id}': {}, 'POST /pets': {}, 'GET /files/{proxy+}': {}, 'GET /': {} };

const open = (policy: string, options: GatewayFromOptions = {}) => gatewayFrom(restApiModel(METHODS, { policy }), options);
const outcome = ({ status, header, body }: TestAnswer) =>
  status === 200 ? 200 : [status, header('x-amzn-errortype'), JSON.parse(body) as unknown];
const ask = async (statements: Statement[], call: TestCall, options?: GatewayFromOptions) =>
  outcome(await open(resourceDocument(...statements), options).call(call));
const denied = (path: string, more = '', by = 'anonymous') => [
  403,
  'AccessDeniedException',
  {
    Message: `User: ${by} is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:abcdefghij/prod/${path}${more}`,
  },
];
const DENY = { Effect: 'Deny' as const };
const EXPLICIT = ' with an explicit deny';

describe('a resource policy over methods for everyone', () => {
  it('has to allow', async () => {
    expect(await ask([{}], { path: '/pets/1' })).toBe(200);
    expect(await ask([{ Resource: `${API_ARN}/prod/GET/pets/*` }], { path: '/pets/1' })).toBe(200);
    expect(await ask([{ Resource: `${API_ARN}/prod/GET/pets/*` }], { path: '/pets', method: 'POST' })).toEqual(
      denied('POST/pets'),
    );
    expect(await ask([{ Resource: `${API_ARN}/test/*` }], { path: '/pets/1' })).toEqual(denied('GET/pets/1'));
    expect(await ask([{ Resource: `${API_ARN}/prod/GET/` }], { path: '/' })).toBe(200);
    expect(await ask([{ Principal: { AWS: '123456789012' } }], { path: '/pets/1' })).toEqual(denied('GET/pets/1'));
  });

  it('denies whatever else it allows', async () => {
    const but = [{}, { ...DENY, Resource: `${API_ARN}/*/POST/*` }];
    expect(await ask(but, { path: '/pets/1' })).toBe(200);
    expect(await ask(but, { path: '/pets', method: 'POST' })).toEqual(denied('POST/pets', EXPLICIT));
  });

  it('says its resources in short, too', async () => {
    expect(await ask([{ Resource: 'execute-api:/prod/GET/*' }], { path: '/pets/1' })).toBe(200);
    expect(await ask([{ Resource: 'execute-api:/*' }], { path: '/pets/1' })).toBe(200);
    expect(await ask([{ Resource: ['execute-api:/test/*', 'execute-api:/prod/POST/*'] }], { path: '/pets/1' })).toEqual(
      denied('GET/pets/1'),
    );
  });

  it.each<[string, object, TestCall, TestCall]>([
    ['addresses', { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } }, {}, { remoteAddress: '198.51.100.1' }],
    ['addresses of IPv6', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, { remoteAddress: '2001:db8::1' }, {}],
    ['all other addresses', { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, { remoteAddress: '198.51.100.1' }, {}],
    ['user agents', { StringLike: { 'aws:UserAgent': 'curl/*' } }, { headers: ['User-Agent', 'curl/8'] }, {}],
    [
      'referers',
      { StringEquals: { 'aws:Referer': 'https://a.test/' } },
      { headers: ['referer', 'https://a.test/'] },
      { headers: ['Referer', 'https://b.test/'] },
    ],
    [
      'transport',
      { Bool: { 'aws:SecureTransport': 'false' } },
      {},
      { headers: ['x-forwarded-proto', 'https'], remoteAddress: '::1', path: '/' },
    ],
  ])('has conditions on %s', async (name, Condition, fits, does) => {
    expect(await ask([{ Condition }], { path: '/pets/1', ...fits })).toBe(200);
    // Clients cannot say of themselves that they came by TLS.
    expect(await ask([{ Condition }], { path: '/pets/1', ...does })).toEqual(name === 'transport' ? 200 : denied('GET/pets/1'));
  });

  it('has conditions on the time', async () => {
    const between = (from: string, to: string) => ({
      DateGreaterThan: { 'aws:CurrentTime': from },
      DateLessThan: { 'aws:CurrentTime': to },
    });
    expect(await ask([{ Condition: between('2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z') }], { path: '/pets/1' })).toBe(200);
    expect(await ask([{ Condition: between('2100-01-01T00:00:00Z', '2101-01-01T00:00:00Z') }], { path: '/pets/1' })).toEqual(
      denied('GET/pets/1'),
    );
    expect(await ask([{ Condition: { NumericGreaterThan: { 'aws:EpochTime': '1577836800' } } }], { path: '/pets/1' })).toBe(200);
  });

  it('has nothing to hold against keys that no request has here', async () => {
    expect(await ask([{ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }], { path: '/pets/1' })).toEqual(
      denied('GET/pets/1'),
    );
    const outside = { ...DENY, Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } };
    expect(await ask([{}, outside], { path: '/pets/1' })).toEqual(denied('GET/pets/1', EXPLICIT));
  });

  it('is not asked for what is longer than any ARN of a method', async () => {
    const path = (length: number) => `/files/${'x'.repeat(length)}`;
    expect(await ask([{}], { path: path(1500) })).toBe(200);
    expect(await ask([{}], { path: path(1600) })).toEqual([414, 'BadRequestException', { message: 'Request URI too long' }]);
  });

  it('is asked for what replaces the verb', async () => {
    const override = { path: '/pets', headers: ['X-HTTP-Method-Override', 'POST'] };
    expect(await ask([{ Resource: `${API_ARN}/*/GET/*` }], override)).toEqual(denied('POST/pets'));
  });

  it('that cannot be evaluated is refused, and denies all methods where that is wanted', async () => {
    const policy = resourceDocument({ Condition: { StringMatches: { 'aws:UserAgent': 'x' } } });
    expect(() => open(policy)).toThrow('API: policy: Invalid Condition type : StringMatches.');
    expect((await open(policy, { unenforced: 'deny' }).call({ path: '/pets/1' })).status).toBe(500);
  });
});

describe('a resource policy and users', () => {
  const ANN = 'arn:aws:iam::123456789012:user/ann';
  const iam = Object.fromEntries(Object.keys(METHODS).map((key) => [key, { authorizationType: 'AWS_IAM' as const }]));
  const asked = async (own: Statement[], policy: Statement[] | null, accountId = '123456789012') => {
    const changes = policy === null ? {} : { policy: resourceDocument(...policy) };
    const services = { signers: signersOf(user('ann', own, accountId)) };
    return outcome(await gatewayFrom(restApiModel(iam, changes), { services }).call(signed({ path: '/pets/1' })));
  };
  const ALLOW: Statement[] = [{}];
  const SILENT: Statement[] = [{ Resource: 'arn:aws:s3:::bucket' }];
  const implicit = (account = '123456789012') => denied('GET/pets/1', '', ANN.replace('123456789012', account));
  const explicit = denied('GET/pets/1', EXPLICIT, ANN);

  it.each<[string, Statement[], Statement[] | null, unknown]>([
    ['allow, allow', ALLOW, ALLOW, 200],
    ['allow, silent', ALLOW, SILENT, 200],
    ['allow, none', ALLOW, null, 200],
    ['allow, deny', ALLOW, [{}, DENY], explicit],
    ['silent, allow', SILENT, ALLOW, 200],
    ['silent, allow him', SILENT, [{ Principal: { AWS: ANN } }], 200],
    ['silent, allow his account', SILENT, [{ Principal: { AWS: '123456789012' } }], implicit()],
    ['allow, allow his account', ALLOW, [{ Principal: { AWS: '123456789012' } }], 200],
    ['silent, silent', SILENT, SILENT, implicit()],
    ['silent, none', SILENT, null, implicit()],
    ['silent, deny', SILENT, [DENY], explicit],
    ['deny, allow', [{}, DENY], ALLOW, explicit],
    ['deny him, allow', ALLOW, [{}, { ...DENY, Principal: { AWS: ANN } }], explicit],
    ['deny another', ALLOW, [{ ...DENY, Principal: { AWS: `${ANN}other` } }], 200],
  ])('of the same account: %s', async (_, own, policy, expected) => expect(await asked(own, policy)).toEqual(expected));

  it.each<[string, Statement[], Statement[] | null, boolean]>([
    ['allow, allow', ALLOW, ALLOW, true],
    ['allow, allow his account', ALLOW, [{ Principal: { AWS: '210987654321' } }], true],
    ['allow, silent', ALLOW, SILENT, false],
    ['allow, none', ALLOW, null, false],
    ['silent, allow', SILENT, ALLOW, false],
    ['silent, silent', SILENT, SILENT, false],
  ])('of another account: %s', async (_, own, policy, allowed) =>
    expect(await asked(own, policy, '210987654321')).toEqual(allowed ? 200 : implicit('210987654321')),
  );
});

describe('security class: path normalisation against authorization: resource policies', () => {
  const but = [{}, { ...DENY, Resource: `${API_ARN}/*/GET/files/admin/*` }];
  it.each([
    '/files/admin/x',
    '/files//admin/x',
    '//files/admin/x',
    '/files/admin%2Fx',
    '/files/admin%2fx',
    '/files/%61dmin/x',
    '/files/admin;v=1/x',
    '/files/admin/x/',
    '/files/admin/x//',
  ])('%s does not get past a denial', async (path) => {
    expect((await open(resourceDocument(...but)).call({ path })).status).toBe(403);
  });

  it.each(['/files/a/..%3B/admin/x', '/files/a%2F..;%2Fadmin/x'])('%s leads nowhere', async (path) => {
    const call = async () => (await open(resourceDocument(...but)).call({ path })).status;
    await expect(call().catch(() => 400)).resolves.toBeGreaterThanOrEqual(400);
  });

  it.each(['/files/ADMIN/x', '/files/admins/x', '/files/x%2Fadmin'])('%s is another path', async (path) => {
    expect((await open(resourceDocument(...but)).call({ path })).status).toBe(200);
  });

  it('what only another spelling is allowed is not', async () => {
    const only = resourceDocument({ Resource: `${API_ARN}/prod/GET/files/open%2F*` });
    expect((await open(only).call({ path: '/files/open%2Fx' })).status).toBe(403);
  });
});
