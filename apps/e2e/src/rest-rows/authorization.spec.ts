import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign } from '@gatehouse/sigv4';
import { CreateApiKeyCommand, CreateUsagePlanCommand, CreateUsagePlanKeyCommand } from '@aws-sdk/client-api-gateway';
import { admin } from '../admin.js';
import { until } from '../child.js';
import type { Answer } from '../http.js';
import { REGION } from '../product.js';
import { ACCOUNT, errorOf, FORBIDDEN, invocationsOf, mock, RowsLab, UNMATCHED } from './rows-lab.js';

// aws-behaviour.md B10: what authorizers.spec and signed-requests.spec leave out.

const AUTHORIZER = `let calls = 0;
export const handler = async (event) => {
  const { effect, resource = '*', principalId = 'me', context, key } = JSON.parse(event.headers?.Asked ?? event.authorizationToken);
  if (effect === 'none') return { calls: ++calls };
  return {
    ...(principalId !== null && { principalId }),
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }] },
    context: { calls: ++calls, method: event.httpMethod, ...context },
    ...(key !== undefined && { usageIdentifierKey: key }),
  };
};`;
/** Asks for a policy that says nothing of any method here. */
const SILENT = { effect: 'Allow', resource: 'arn:aws:execute-api:*:*:nix/*' };
const CONFIGURATION = [500, '{"message":null}', 'AuthorizerConfigurationException'];
const denial = (path: string, explicit = false) => [
  403,
  `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:${REGION}:********9012:${path}${explicit ? ' with an explicit deny' : ''}"}`,
  'AccessDeniedException',
];
const policyOf = (...statements: object[]) => ({
  Version: '2012-10-17',
  Statement: statements.map((statement) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: 'execute-api:/*',
    ...statement,
  })),
});

let lab: RowsLab;
let authorizerUri: string;
let schemes: Record<string, object>;

beforeAll(async () => {
  lab = await RowsLab.start({ functions: true });
  authorizerUri = invocationsOf(await lab.createFunction('authorizer', AUTHORIZER));
  const authorizer = (more: object) => ({ authorizerUri, authorizerResultTtlInSeconds: 300, ...more });
  const scheme = (type: string, more: object) => ({
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': type,
    ...more,
  });
  schemes = {
    token: scheme('custom', {
      'x-amazon-apigateway-authorizer': authorizer({ type: 'token', identityValidationExpression: '\\{.*' }),
    }),
    request: scheme('custom', {
      'x-amazon-apigateway-authorizer': authorizer({ type: 'request', identitySource: 'method.request.header.Asked' }),
    }),
    sigv4: scheme('awsSigv4', {}),
    key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
  };
});
afterAll(() => lab?.stop());

const CONTEXT = '$context.authorizer.principalId $context.authorizer.calls $context.authorizer.method';
const serve = (security: object[], more: object = {}) =>
  lab.serve(
    { '/a': { get: mock(CONTEXT, { security }) }, '/b': { get: mock(CONTEXT, { security }) } },
    { components: { securitySchemes: schemes }, ...more },
  );
/** By the token of a TOKEN authorizer. */
const asking = (apiId: string, asked: object, path = '/dev/a', headers: Record<string, string> = {}) =>
  lab.call(apiId, path, { headers: { authorization: JSON.stringify(asked), ...headers } });
const allowed = (apiId: string, asked: object) =>
  until('the authorizer', async () => ((await asking(apiId, asked)).status === 200 ? true : undefined));

describe('B10: Lambda authorizers', () => {
  it('a token that does not fit, or none: 401; an answer that is none: 500; a denial: 403', async () => {
    const apiId = await serve([{ token: [] }]);
    await allowed(apiId, { effect: 'Allow', first: true });
    const unauthorized = [401, '{"message":"Unauthorized"}', 'UnauthorizedException'];
    expect(errorOf(await lab.call(apiId, '/dev/a'))).toEqual(unauthorized);
    expect(errorOf(await lab.call(apiId, '/dev/a', { headers: { authorization: 'x' } }))).toEqual(unauthorized);
    expect(errorOf(await asking(apiId, { effect: 'none' }))).toEqual(CONFIGURATION);
    expect(errorOf(await asking(apiId, { effect: 'Allow', principalId: null }))).toEqual(CONFIGURATION);
    expect(errorOf(await asking(apiId, { effect: 'Allow', context: { a: {} } }))).toEqual(CONFIGURATION);
    const refused = '{"Message":"User is not authorized to access this resource';
    expect(errorOf(await asking(apiId, { effect: 'Deny' }))).toEqual([
      403,
      `${refused} with an explicit deny"}`,
      'AccessDeniedException',
    ]);
    expect(errorOf(await asking(apiId, SILENT))).toEqual([403, `${refused}"}`, 'AccessDeniedException']);
  });

  it('a decision is kept by the identity, for other methods too, and its context is text', async () => {
    const apiId = await serve([{ request: [] }]);
    const call = (path: string, asked: object) => lab.call(apiId, path, { headers: { Asked: JSON.stringify(asked) } });
    const one = { effect: 'Allow', principalId: 'one', context: { method: true } };
    await until('the authorizer', async () => ((await call('/dev/a', one)).status === 200 ? true : undefined));
    const { body } = await call('/dev/a', one);
    expect(body).toMatch(/^one \d+ true$/);
    expect((await call('/dev/b', one)).body).toBe(body);
    expect((await call('/dev/b', { ...one, principalId: 'two' })).body).not.toBe(body.replace('one', 'two'));
    expect((await lab.call(apiId, '/dev/a')).status).toBe(401);
  });

  it('B11: apiKeySource AUTHORIZER: usageIdentifierKey is the key, and x-api-key is none', async () => {
    const apiId = await serve([{ token: [], key: [] }], { 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' });
    const key = await lab.client.send(new CreateApiKeyCommand({ enabled: true, value: 'k'.repeat(30) }));
    const { id: usagePlanId } = await lab.client.send(
      new CreateUsagePlanCommand({ name: 'plan', apiStages: [{ apiId, stage: 'dev' }] }),
    );
    await lab.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key.id, keyType: 'API_KEY' }));
    await lab.allServed();
    await allowed(apiId, { effect: 'Allow', key: key.value });
    expect(errorOf(await asking(apiId, { effect: 'Allow', key: 'other' }))).toEqual(FORBIDDEN);
    expect(errorOf(await asking(apiId, { effect: 'Allow' }, '/dev/a', { 'x-api-key': key.value! }))).toEqual(FORBIDDEN);
  });
});

describe('B10: resource policies', () => {
  it('without authorization: silence denies, a condition decides, and a denial goes before all', async () => {
    const apiId = await serve([], {
      'x-amazon-apigateway-policy': policyOf({
        Resource: 'execute-api:/dev/GET/a',
        Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } },
      }),
    });
    expect((await lab.call(apiId, '/dev/a')).status).toBe(200);
    expect(errorOf(await lab.call(apiId, '/dev/b'))).toEqual(denial(`${apiId}/dev/GET/b`));
    const denied = await serve([], {
      'x-amazon-apigateway-policy': policyOf({}, { Effect: 'Deny', Condition: { StringLike: { 'aws:UserAgent': '*bot*' } } }),
    });
    expect((await lab.call(denied, '/dev/a')).status).toBe(200);
    expect(errorOf(await lab.call(denied, '/dev/a', { headers: { 'user-agent': 'a bot' } }))).toEqual(
      denial(`${denied}/dev/GET/a`, true),
    );
  });

  it('with a Lambda authorizer: its denial goes before the call, its silence leaves it to the authorizer', async () => {
    const silent = await serve([{ token: [] }], {
      'x-amazon-apigateway-policy': policyOf({ Resource: 'execute-api:/dev/GET/nix' }),
    });
    await allowed(silent, { effect: 'Allow' });
    expect((await asking(silent, SILENT)).status).toBe(403);
    const denied = await serve([{ token: [] }], {
      'x-amazon-apigateway-policy': policyOf({}, { Effect: 'Deny', Resource: 'execute-api:/dev/GET/b' }),
    });
    await allowed(denied, { effect: 'Allow' });
    expect(errorOf(await lab.call(denied, '/dev/b'))).toEqual(denial(`${denied}/dev/GET/b`, true));
    expect((await lab.call(denied, '/dev/a')).status).toBe(401);
    expect((await asking(denied, { effect: 'Deny' })).status).toBe(403);
  });
});

describe('B10: AWS_IAM', () => {
  it('what is no signature is refused as AWS does, and users and policies of one account add up', async () => {
    const post = async (path: string) =>
      JSON.parse(
        (await admin(lab.controlPlane, 'POST', path, path === '/gatehouse/principals' ? { userName: 'ann' } : undefined)).body,
      ) as Record<string, string>;
    await post('/gatehouse/principals');
    const { accessKeyId = '', secretAccessKey = '' } = await post('/gatehouse/principals/ann/access-keys');
    const arn = `arn:aws:iam::${ACCOUNT}:user/ann`;
    const apiId = await serve([{ sigv4: [] }], {
      'x-amazon-apigateway-policy': policyOf({ Principal: { AWS: arn }, Resource: 'execute-api:/dev/GET/a' }),
    });
    const host = `${apiId}.execute-api.${REGION}.localhost:${lab.gateway.port}`;
    const signed = (path: string, time = Date.now()): Promise<Answer> => {
      const url = new URL(path, `http://${host}`);
      const headers = sign(
        { method: 'GET', url, headers: {} },
        { accessKeyId, secretAccessKey },
        { region: REGION, service: 'execute-api', time },
      );
      return lab.call(apiId, path, { headers: { ...headers, host } });
    };
    await until('the user', async () => ((await signed('/dev/a')).status === 200 ? true : undefined));
    expect(errorOf(await lab.call(apiId, '/dev/a'))).toEqual(UNMATCHED);
    const [status, body, type] = errorOf(await signed('/dev/b'));
    expect([status, type]).toEqual([403, 'AccessDeniedException']);
    expect(body).toContain(`User: ${arn} is not authorized to perform: execute-api:Invoke on resource: `);
    const late = errorOf(await signed('/dev/a', Date.now() - 600_000));
    expect(late).toEqual([
      403,
      expect.stringMatching(/Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)/),
      'InvalidSignatureException',
    ]);
    const broken = errorOf(await lab.call(apiId, '/dev/a', { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' } }));
    expect([broken[0], broken[2]]).toEqual([403, 'IncompleteSignatureException']);
    expect(broken[1]).toContain("Authorization header requires 'Signature' parameter.");
  });
});
