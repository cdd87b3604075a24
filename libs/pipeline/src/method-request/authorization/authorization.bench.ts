import { functionsAt, gatewayFrom, requestOf, restApiModel, type TestCall } from '@gatehouse/testing';
import { SignJWT } from 'jose';
import { describe, it } from 'vitest';
import { Exchange } from '../../exchange.js';
import { serve } from '../../rest-pipeline.js';
import type { Upstream } from '../../upstream/upstream.js';
import { allow, authorizerModel, decision, deny, STAGE_ARN } from './authorizer.fixture.js';
import { issuerKey, now, POOL } from './user-pools/issuer.fixture.js';

/*
 * What asking an authorizer adds to a request whose identity is known from before. Microseconds beyond those of a method for everyone, built, on a core of an EPYC that others used
 * as well: 2.3 for a TOKEN authorizer whose policy has four patterns (3.7 with a token of 900 characters), 4 for a REQUEST authorizer with three sources, 2 for a token of
 * a user pool of that length. The tests' module runner adds a half.
 */

const REQUESTS = 1000;
const ISSUER = 'https://issuer.example.com';
const key = await issuerKey('one');
const claims = {
  iss: ISSUER,
  sub: 'me',
  exp: now() + 86_400,
  token_use: 'access',
  scope: 'openid pets/read',
  email: 'me@example.com',
};
const token = await new SignJWT({ ...claims, 'cognito:groups': ['a', 'b'], jti: 'x'.repeat(200) })
  .setProtectedHeader({ alg: key.alg, kid: key.kid })
  .sign(key.privateKey);

/** The function of every authorizer, and the issuer of every token. */
const answering: Upstream = {
  send({ path }, listener) {
    const policy = [
      allow(`${STAGE_ARN}GET/pets/*`, `${STAGE_ARN}*/token/*`, `${STAGE_ARN}GET/request/*`),
      deny(`${STAGE_ARN}DELETE/*`),
    ];
    const answer = path.endsWith('/invocations') ? decision(policy, { context: { a: 'b' } }) : { keys: [key.jwk] };
    listener.answered(200, [], null);
    listener.data(Buffer.from(JSON.stringify(answer)));
    listener.ended();
    return { pause: () => undefined, resume: () => undefined, abort: () => undefined };
  },
  close: () => Promise.resolve(),
};
const identitySource = 'method.request.header.Authorization,method.request.querystring.q,context.identity.sourceIp';
const authorizers = [
  authorizerModel({ id: 'token1' }),
  authorizerModel({ id: 'reques', type: 'REQUEST', identitySource }),
  authorizerModel({ id: 'pools1', type: 'COGNITO_USER_POOLS', providerArns: [POOL] }),
];
const byPool = { authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'pools1', authorizationScopes: ['pets/read'] };
const gateway = gatewayFrom(
  restApiModel(
    {
      'GET /open/{id}': {},
      'GET /token/{id}': { authorizationType: 'CUSTOM', authorizerId: 'token1' },
      'GET /request/{id}': { authorizationType: 'CUSTOM', authorizerId: 'reques' },
      'GET /pools/{id}': byPool,
    },
    { authorizers },
  ),
  { upstream: answering, lambda: functionsAt('http://127.0.0.1:9100', answering), issuers: new Map([[POOL, ISSUER]]) },
);

const callOf = (kind: string): TestCall => ({ path: `/${kind}/4711?q=1`, headers: ['Authorization', `Bearer ${token}`] });

describe('1,000 requests to a method', () => {
  const methods = {
    'for everyone': 'open',
    'of a TOKEN authorizer': 'token',
    'of a REQUEST authorizer': 'request',
    'of a user pool': 'pools',
  };
  for (const [name, kind] of Object.entries(methods)) {
    it(name, async ({ bench }) => {
      // From here on it is known who asks.
      const { status } = await gateway.call(callOf(kind));
      if (status !== 200) throw new Error(`answered ${status}`);
      const request = requestOf(callOf(kind));
      let served = 0;
      await bench(name, () => {
        for (let n = 0; n < REQUESTS; n++)
          serve(new Exchange(request, { respond: ({ status }) => (served += status) }), gateway.stage, 0);
      }).run();
      if (served === 0 || served % 200 !== 0) throw new Error('not all of them were let in at once');
    });
  }
});
