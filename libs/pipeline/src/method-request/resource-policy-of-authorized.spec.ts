import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeLambda, payload, type FakeLambda } from '../integration/lambda.fixture.js';
import {
  allow,
  authorizerModel,
  decision,
  DENIED,
  deny,
  guarded,
  NOT_AUTHORIZED,
  outcome,
  UNAUTHORIZED,
} from './authorization/authorizer.fixture.js';
import { resourceDocument, type Statement } from './authorization/signers.fixture.js';
import { POOL, TestIssuer, issuerKey } from './authorization/user-pools/issuer.fixture.js';

const ALLOW: Statement[] = [{}];
const SILENT: Statement[] = [{ Resource: 'arn:aws:s3:::bucket' }];
const DENY: Statement[] = [{}, { Effect: 'Deny' }];
const denied = (more: string) => [
  403,
  `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:abcdefghij/prod/GET/pets/1${more}"}`,
  'AccessDeniedException',
];

describe('a resource policy and a Lambda authorizer', () => {
  let lambda: FakeLambda;
  beforeAll(async () => {
    lambda = await fakeLambda();
  });
  beforeEach(() => void (lambda.invoked.length = 0));
  afterAll(() => lambda.close());

  async function asked(said: object, policy: Statement[]) {
    lambda.answer = payload(decision(said));
    const gateway = guarded(lambda, undefined, { model: { policy: resourceDocument(...policy) } });
    const answer = await gateway.call({ path: '/pets/1', headers: ['Authorization', 'token'] });
    await gateway.close();
    return [answer.status === 200 ? 200 : outcome(answer), lambda.invoked.length];
  }

  it.each<[string, object, Statement[], unknown, number]>([
    ['allow, allow', allow('*'), ALLOW, 200, 1],
    ['allow, silent', allow('*'), SILENT, 200, 1],
    ['silent, allow', allow('arn:aws:s3:::bucket'), ALLOW, 200, 1],
    ['silent, silent', allow('arn:aws:s3:::bucket'), SILENT, NOT_AUTHORIZED, 1],
    ['deny, allow', deny('*'), ALLOW, DENIED, 1],
    ['deny, silent', deny('*'), SILENT, DENIED, 1],
    // Before the function is called at all.
    ['allow, deny', allow('*'), DENY, denied(' with an explicit deny'), 0],
  ])('%s', async (_, said, policy, expected, calls) => expect(await asked(said, policy)).toEqual([expected, calls]));
});

describe('a resource policy and user pools', () => {
  let issuer: TestIssuer;
  beforeAll(async () => {
    issuer = await TestIssuer.start();
    issuer.keys = [await issuerKey('rsa')];
  });
  afterAll(() => issuer.close());

  async function asked(policy: Statement[], token?: string) {
    const pool = { type: 'COGNITO_USER_POOLS' as const, providerArns: [POOL], authorizerUri: undefined };
    const methods = { 'GET /pets/{id}': { authorizationType: 'COGNITO_USER_POOLS' } };
    const gateway = guarded(null, methods, {
      authorizers: [authorizerModel(pool)],
      issuers: new Map([[POOL, issuer.url]]),
      model: { policy: resourceDocument(...policy) },
    });
    const answer = await gateway.call({ path: '/pets/1', headers: token === undefined ? [] : ['Authorization', token] });
    await gateway.close();
    return answer.status === 200 ? 200 : outcome(answer);
  }

  it('who has a token is let in where the policy allows it as well', async () => {
    const token = await issuer.token();
    expect(await asked(ALLOW, token)).toBe(200);
    expect(await asked(SILENT, token)).toEqual(denied(''));
    expect(await asked(DENY, token)).toEqual(denied(' with an explicit deny'));
  });

  it('who has none is told so first', async () => {
    for (const policy of [ALLOW, SILENT, DENY]) expect(await asked(policy)).toEqual(UNAUTHORIZED);
  });
});
