import type { AuthorizerModel } from '@gatehouse/api-model';
import { httpBackend, type TestGateway } from '@gatehouse/testing';
import { CompactSign, exportJWK, exportSPKI, importJWK, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeLambda, invocationsOf, payload } from '../../integration/lambda.fixture.js';
import { parseTargetRule, TargetGuard } from '../../upstream/target-guard.js';
import { AUTH, EXPIRED, FAILED, guarded, outcome, UNAUTHORIZED, type GuardedOptions } from './authorizer.fixture.js';
import { issuerKey, now, POOL, TestIssuer, type IssuerKey } from './user-pools/issuer.fixture.js';

let rsa: IssuerKey;
let ec: IssuerKey;
let stranger: IssuerKey;
let issuer: TestIssuer;
let gateway: TestGateway;

beforeAll(async () => {
  [rsa, ec, stranger] = await Promise.all([issuerKey('rsa'), issuerKey('ec', 'ES256'), issuerKey('rsa')]);
});
beforeEach(async () => {
  issuer = await TestIssuer.start();
  issuer.keys = [rsa];
});
afterEach(async () => {
  await gateway?.close();
  await issuer.close();
});

interface ServeOptions extends GuardedOptions {
  authorizer?: Partial<AuthorizerModel>;
  scopes?: string[];
  methods?: Parameters<typeof guarded>[1];
}

function serve({ authorizer, scopes, methods = { 'GET /pets': {} }, ...options }: ServeOptions = {}): TestGateway {
  const byPool = { authorizationType: 'COGNITO_USER_POOLS', ...(scopes && { authorizationScopes: scopes }) };
  return (gateway = guarded(
    null,
    Object.fromEntries(Object.entries(methods).map(([key, method]) => [key, { ...byPool, ...method }])),
    {
      authorizers: [
        {
          id: 'auth01',
          name: 'pool',
          type: 'COGNITO_USER_POOLS',
          providerArns: [POOL],
          identitySource: 'method.request.header.Authorization',
          ...authorizer,
        },
      ],
      issuers: new Map([[POOL, issuer.url]]),
      ...options,
    },
  ));
}

/** Status of a call with a token, or all of an error. */
async function call(token: string, path = '/pets') {
  const answer = await gateway.call({ path, headers: ['Authorization', token] });
  return answer.status === 200 ? 200 : outcome(answer);
}

describe('tokens of user pools', () => {
  it('let in, with Bearer before them or without', async () => {
    serve();
    const token = await issuer.token();
    expect(await call(token)).toBe(200);
    expect(await call(`Bearer ${token}`)).toBe(200);
    expect(await call(`bearer ${token}`)).toBe(200);
    expect(await call(`Basic ${token}`)).toEqual(UNAUTHORIZED);
    expect(issuer.fetches).toBe(1);
  });

  it.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'])(
    'are signed by %s where their key says so',
    async (alg) => {
      const key = await issuerKey('k', alg);
      issuer.keys = [key];
      serve();
      expect(await call(await issuer.token({}, key))).toBe(200);
    },
  );

  it('come in the header that the identity source names', async () => {
    serve({ authorizer: { identitySource: 'method.request.header.X-Token' } });
    const token = await issuer.token();
    expect(await call(token)).toEqual(UNAUTHORIZED);
    expect((await gateway.call({ path: '/pets', headers: ['x-token', token] })).status).toBe(200);
    const both = ['X-Token', token, 'x-token', await issuer.token({ sub: 'other' })];
    expect(outcome(await gateway.call({ path: '/pets', headers: both }))).toEqual(UNAUTHORIZED);
  });

  it('have an audience that is as a whole like the validation expression', async () => {
    serve({ authorizer: { identityValidationExpression: 'client0[12]' } });
    expect(await call(await issuer.token())).toBe(200);
    expect(await call(await issuer.token({ aud: ['other', 'client02'] }))).toBe(200);
    expect(await call(await issuer.token({ aud: undefined, client_id: 'client01' }))).toBe(200);
    expect(await call(await issuer.token({ aud: 'client011' }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ aud: undefined }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ aud: 'other', client_id: 'client01' }))).toEqual(UNAUTHORIZED);
  });

  it('are of one of several pools', async () => {
    const other = await TestIssuer.start();
    other.keys = [ec];
    const second = POOL.replace('AbC', 'Other');
    const issuers = new Map([
      [POOL, issuer.url],
      [second, other.url],
    ]);
    serve({ authorizer: { providerArns: [POOL, second] }, issuers });
    expect(await call(await issuer.token())).toBe(200);
    expect(await call(await other.token())).toBe(200);
    await gateway.close();
    serve({ issuers });
    expect(await call(await other.token())).toEqual(UNAUTHORIZED);
    await other.close();
  });

  it('need an identity token without scopes, and an access token that has one of them with scopes', async () => {
    const access = (scope: string) => issuer.token({ token_use: 'access', scope });
    serve();
    expect(await call(await access('pets/read'))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ token_use: undefined }))).toBe(200);
    await gateway.close();
    serve({ scopes: ['pets/read', 'pets/write'] });
    expect(await call(await access('other pets/write'))).toBe(200);
    expect(await call(await access('pets/reader other'))).toEqual(UNAUTHORIZED);
    expect(await call(await access(''))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ scope: 'pets/read' }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ token_use: undefined, scope: 'pets/read' }))).toBe(200);
    expect(await call(await issuer.token({ token_use: undefined, scope: ['pets/read'] }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ token_use: undefined, scp: ['other', 'pets/read'] }))).toBe(200);
    expect(await call(await issuer.token({ token_use: undefined, scp: 'other pets/read' }))).toBe(200);
    expect(await call(await issuer.token({ token_use: undefined, scp: { 'pets/read': true } }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ token_use: undefined, scope: 'other', scp: 'pets/read' }))).toEqual(UNAUTHORIZED);
  });

  it('are access tokens where their type says so', async () => {
    serve();
    const claims = { token_use: undefined };
    expect(await call(await issuer.token(claims, rsa, { typ: 'at+jwt' }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token(claims, rsa, { typ: 'JWT' }))).toBe(200);
  });

  it('are those of AWS where a pool has no other issuer', async () => {
    serve({ issuers: new Map(), guard: new TargetGuard([parseTargetRule('0.0.0.0/0'), parseTargetRule('[::]/0')]) });
    expect(await call(await issuer.token())).toEqual(UNAUTHORIZED);
    const url = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC';
    expect(await call(await issuer.token({ iss: url }))).toEqual(FAILED);
    expect(issuer.asked).toEqual([]);
  });
});

describe('security class: path normalisation against authorization: scopes', () => {
  it.each(['/guarded;x', '/guarded%2F', '//guarded', '/guarded%3Fx'])(
    '%s does not lead past the scopes of another method',
    async (path) => {
      serve({ methods: { 'GET /guarded': { authorizationScopes: ['pets/read'] }, 'GET /{proxy+}': {} } });
      const answer = await call(await issuer.token({ token_use: undefined, scope: 'other' }), path);
      expect(answer).toEqual(path === '//guarded' ? UNAUTHORIZED : [403, '{"message":"Forbidden"}', 'ForbiddenException']);
    },
  );
});

describe('claims', () => {
  const claims = {
    email: 'jürgen@example.com',
    email_verified: true,
    'cognito:groups': ['a', 'b'],
    address: { street: 'x' },
    iat: 1_700_000_000,
    auth_time: 1_700_000_000,
    constructor: 'mine',
    nothing: null,
  };

  it('reach mappings as text', async () => {
    const backend = await httpBackend();
    const names = ['sub', 'email', 'email_verified', 'cognito:groups', 'iat', 'auth_time', 'nothing', 'toString', 'constructor'];
    const requestParameters = Object.fromEntries(
      names.map((name, at) => [`integration.request.header.X-${at}`, `context.authorizer.claims.${name}`]),
    );
    serve({ methods: { 'GET /pets': { integration: { type: 'HTTP_PROXY', uri: backend.url, requestParameters } } } });
    expect(await call(await issuer.token(claims))).toBe(200);
    const values = names.map((_, at) => backend.received[0]?.header(`X-${at}`));
    expect(values.map((value) => value && Buffer.from(value, 'latin1').toString())).toEqual([
      'me',
      'jürgen@example.com',
      'true',
      'a,b',
      'Tue Nov 14 22:13:20 UTC 2023',
      '1700000000',
      undefined,
      undefined,
      'mine',
    ]);
    await gateway.close();
    await backend.close();
  });

  it('reach functions in requestContext.authorizer.claims', async () => {
    const lambda = await fakeLambda();
    lambda.answer = payload({ statusCode: 200 });
    const integration = { type: 'AWS_PROXY', httpMethod: 'POST', uri: invocationsOf(AUTH) } as const;
    serve({ methods: { 'GET /pets': { integration } }, lambda: lambda.origin });
    expect(await call(await issuer.token(claims))).toBe(200);
    expect(lambda.invoked[0]?.event.requestContext['authorizer']).toEqual({
      claims: expect.objectContaining({
        sub: 'me',
        email: 'jürgen@example.com',
        email_verified: 'true',
        'cognito:groups': 'a,b',
        address: '{"street":"x"}',
        iat: 'Tue Nov 14 22:13:20 UTC 2023',
      }) as object,
    });
    await gateway.close();
    await lambda.close();
  });
});

describe('security class: JWT', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const hour = () => ({ iss: issuer.url, token_use: 'id', exp: now() + 3600 });

  it('no algorithm is none', async () => {
    serve();
    expect(await call(new UnsecuredJWT(hour()).encode())).toEqual(UNAUTHORIZED);
    for (const alg of ['none', 'None', 'NONE', '']) {
      expect(await call(`${encode({ alg, kid: 'rsa' })}.${encode(hour())}.`)).toEqual(UNAUTHORIZED);
    }
    const [, body, signature] = (await issuer.token()).split('.');
    expect(await call(`${encode({ alg: 'none', kid: 'rsa' })}.${body}.${signature}`)).toEqual(UNAUTHORIZED);
    expect(await call(`${encode({ kid: 'rsa' })}.${body}.${signature}`)).toEqual(UNAUTHORIZED);
  });

  it('a public key is no secret: HS and RS are not swapped', async () => {
    serve();
    const spki = await exportSPKI((await importJWK(rsa.jwk, 'RS256')) as CryptoKey);
    for (const secret of [spki, spki.trim(), JSON.stringify(rsa.jwk), rsa.jwk.n ?? '']) {
      const signed = `${encode({ alg: 'HS256', kid: 'rsa' })}.${encode(hour())}`;
      expect(await call(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`)).toEqual(UNAUTHORIZED);
    }
    issuer.published = {
      keys: [{ kty: 'oct', kid: 'shared', alg: 'HS256', k: Buffer.from('x'.repeat(32)).toString('base64url') }],
    };
    await gateway.close();
    serve();
    const secret = Buffer.from('x'.repeat(32));
    const token = await new SignJWT(hour()).setProtectedHeader({ alg: 'HS256', kid: 'shared' }).sign(secret);
    expect(await call(token)).toEqual(FAILED);
  });

  it('the algorithm is the key’s, whatever the token says', async () => {
    issuer.keys = [rsa, ec];
    serve();
    const pss = await issuerKey('rsa', 'PS256');
    expect(await call(await issuer.token({}, { ...pss, jwk: rsa.jwk }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({}, { ...ec, kid: 'rsa' }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({}, { ...rsa, kid: 'ec' }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({}, ec))).toBe(200);
    // A key without an algorithm is one for RS256.
    issuer.published = { keys: [{ ...rsa.jwk, alg: undefined }] };
    await gateway.close();
    serve();
    expect(await call(await issuer.token())).toBe(200);
    const rs512 = await new SignJWT(hour())
      .setProtectedHeader({ alg: 'RS512', kid: 'rsa' })
      .sign(await asAlgorithm(rsa, 'RS512'));
    expect(await call(rs512)).toEqual(UNAUTHORIZED);
  });

  it('keys for encryption, and those that are too weak, sign nothing', async () => {
    const weak = { ...generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }), kid: 'rsa' };
    for (const keys of [
      [weak],
      [{ ...rsa.jwk, use: 'enc' }],
      [{ ...rsa.jwk, alg: 'RSA-OAEP' }],
      [{ ...ec.jwk, alg: 'RS256', kid: 'rsa' }],
    ]) {
      issuer.published = { keys };
      serve();
      expect(await call(await issuer.token())).toEqual(FAILED);
      await gateway.close();
    }
  });

  it('a key that comes with the token, or is told by it, is nobody’s', async () => {
    const elsewhere = await httpBackend((response) => response.end(JSON.stringify({ keys: [stranger.jwk] })));
    serve();
    for (const header of [
      { jwk: stranger.jwk },
      { jku: `${elsewhere.url}/jwks` },
      { x5u: `${elsewhere.url}/x5u` },
      { x5c: ['MIIB'] },
      { kid: `${elsewhere.url}/jwks` },
      { kid: '../../rsa' },
      { kid: '__proto__' },
      { kid: "rsa' OR '1'='1" },
      { kid: '' },
    ]) {
      expect(await call(await issuer.token({}, stranger, header)), JSON.stringify(header)).toEqual(UNAUTHORIZED);
    }
    const [, body, signature] = (await issuer.token()).split('.');
    for (const kid of [7, null, ['rsa'], { rsa: 1 }]) {
      expect(await call(`${encode({ alg: 'RS256', kid })}.${body}.${signature}`)).toEqual(UNAUTHORIZED);
    }
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it('a token without kid is that of the only key, or of none', async () => {
    serve();
    expect(await call(await issuer.token({}, rsa, { kid: undefined }))).toBe(200);
    await gateway.close();
    issuer.keys = [rsa, ec];
    serve();
    expect(await call(await issuer.token({}, rsa, { kid: undefined }))).toEqual(UNAUTHORIZED);
  });

  it('a signature is of all that is signed', async () => {
    serve();
    const token = await issuer.token();
    const [head, body, signature] = token.split('.') as [string, string, string];
    expect(await call(token)).toBe(200);
    for (const changed of [
      `${head}.${encode({ ...hour(), sub: 'admin' })}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${head}.${body}.`,
      `${head}.${body}`,
      `${head}.${body}.${signature}.`,
      `${head}.${body}.${signature}.${signature}.${signature}`,
      `${encode({ alg: 'RS256', kid: 'rsa', typ: 'x' })}.${body}.${signature}`,
      ` ${head}`,
      'x',
      '..',
      '.'.repeat(10_000),
      await issuer.token({}, stranger),
    ]) {
      expect(await call(changed), changed.slice(0, 100)).toEqual(UNAUTHORIZED);
    }
  });

  it('crit is not understood', async () => {
    serve();
    expect(await call(await issuer.token({}, rsa, { crit: ['b64'], b64: true }))).toEqual(UNAUTHORIZED);
    const [, body, signature] = (await issuer.token()).split('.');
    expect(await call(`${encode({ alg: 'RS256', kid: 'rsa', crit: ['exp'], exp: 1 })}.${body}.${signature}`)).toEqual(
      UNAUTHORIZED,
    );
  });

  it('iss is that of the pool, character for character', async () => {
    serve();
    for (const iss of [
      `${issuer.url}/`,
      issuer.url.toUpperCase(),
      `${issuer.url}#`,
      'https://example.com',
      '',
      undefined,
      [issuer.url],
    ]) {
      expect(await call(await issuer.token({ iss }))).toEqual(UNAUTHORIZED);
    }
  });

  it('exp and nbf are looked at for each request, also of a token that was verified before', async () => {
    serve();
    expect(await call(await issuer.token({ exp: now() - 60 }))).toEqual(EXPIRED);
    expect(await call(await issuer.token({ exp: now() - 60 }, stranger))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ exp: undefined }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ exp: '9999999999' }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ nbf: now() + 60 }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ nbf: 'now' }))).toEqual(UNAUTHORIZED);
    expect(await call(await issuer.token({ nbf: now() + 5 }))).toBe(200);
    // Ten seconds are the clocks'.
    const token = await issuer.token({ exp: now() - 8 });
    expect(await call(token)).toBe(200);
    expect(await call(token)).toBe(200);
    await setTimeout(3_100);
    expect(await call(token)).toEqual(EXPIRED);
  });

  it('claims are an object', async () => {
    serve();
    for (const claims of ['[]', 'null', '"x"', '7', '{', '']) {
      const text = new TextEncoder().encode(claims);
      const token = await new CompactSign(text).setProtectedHeader({ alg: 'RS256', kid: 'rsa' }).sign(rsa.privateKey);
      expect(await call(token)).toEqual(UNAUTHORIZED);
    }
  });

  it('claims never end a header', async () => {
    const backend = await httpBackend();
    const requestParameters = { 'integration.request.header.X-Who': 'context.authorizer.claims.sub' };
    serve({ methods: { 'GET /pets': { integration: { type: 'HTTP_PROXY', uri: backend.url, requestParameters } } } });
    expect(await call(await issuer.token({ sub: 'a\r\nX-Admin: true' }))).not.toBe(200);
    expect(backend.received).toEqual([]);
    await gateway.close();
    await backend.close();
  });
});

describe('security class: JWT: keys that change, and issuers that are away', () => {
  it('unknown keys are asked for once in 30 seconds, whatever tokens say', async () => {
    serve();
    expect(await call(await issuer.token())).toBe(200);
    const [, body, signature] = (await issuer.token()).split('.');
    const tokens = Array.from({ length: 50 }, (_, at) => {
      const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: `kid${at}` })).toString('base64url');
      return `${head}.${body}.${signature}`;
    });
    expect(new Set((await Promise.all(tokens.map((token) => call(token)))).map(String))).toEqual(new Set([String(UNAUTHORIZED)]));
    expect(issuer.fetches).toBe(1);
  });

  it('keys that are asked for are waited for once by all', async () => {
    serve();
    const tokens = await Promise.all(Array.from({ length: 10 }, (_, at) => issuer.token({ sub: `user${at}` })));
    expect(await Promise.all(tokens.map((token) => call(token)))).toEqual(tokens.map(() => 200));
    expect(issuer.fetches).toBe(1);
  });

  it('are an error of the gateway while there have never been any, and let in when the issuer is back', async () => {
    issuer.status = 503;
    serve();
    const token = await issuer.token();
    expect(await call(token)).toEqual(FAILED);
    const { exchange } = await gateway.call({ path: '/pets', headers: ['Authorization', token] });
    expect(exchange.error?.reason).toContain(`${issuer.url}: `);
    issuer.status = 200;
    expect(await call(token)).toEqual(FAILED);
    await setTimeout(1_050);
    expect(await call(token)).toBe(200);
  });

  it.each<[string, object | string]>([
    ['no JSON', 'x'],
    ['no key set', {}],
    ['no keys', { keys: [] }],
    ['keys that are none', { keys: [null, 7, 'x', [], { kty: 'RSA' }, { kty: 'RSA', kid: 'rsa', n: 'x', e: 'x' }] }],
    ['more than a key set has', JSON.stringify({ keys: [], x: 'x'.repeat(300_000) })],
  ])('%s is no answer of an issuer', async (_, published) => {
    issuer.published = published;
    serve();
    expect(await call(await issuer.token())).toEqual(FAILED);
  });
});

describe('where keys are', () => {
  it('an issuer says itself', async () => {
    issuer.discovery = { issuer: issuer.url, jwks_uri: `${new URL(issuer.url).origin}/other/keys?v=1` };
    serve();
    expect(await call(await issuer.token())).toBe(200);
    expect(issuer.asked).toEqual(['/pool/.well-known/openid-configuration', '/other/keys?v=1']);
  });

  it.each([
    ['speaks of another issuer', (url: string) => ({ issuer: `${url}/x`, jwks_uri: `${new URL(url).origin}/other/keys` })],
    ['names a place that is asked in the clear', (url: string) => ({ issuer: url, jwks_uri: 'http://example.com/keys' })],
    ['names no address', (url: string) => ({ issuer: url, jwks_uri: 'file:///etc/passwd' })],
    ['names nothing', (url: string) => ({ issuer: url })],
  ])('and is not believed where it %s', async (_, discovery) => {
    issuer.discovery = discovery(issuer.url);
    serve();
    expect(await call(await issuer.token())).toBe(200);
    expect(issuer.asked).toEqual(['/pool/.well-known/openid-configuration', '/pool/.well-known/jwks.json']);
  });

  it('security class: SSRF by JWKS: addresses that integrations may not reach are not asked', async () => {
    serve({ guard: new TargetGuard([parseTargetRule('127.0.0.1')]) });
    expect(await call(await issuer.token())).toEqual(FAILED);
    expect(issuer.asked).toEqual([]);
  });
});

/** The private key for another algorithm of its kind. */
async function asAlgorithm({ privateKey }: IssuerKey, alg: string): Promise<CryptoKey> {
  return (await importJWK(await exportJWK(privateKey), alg)) as CryptoKey;
}
