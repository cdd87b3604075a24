import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  FlushStageAuthorizersCacheCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAuthorizerCommand,
  type APIGatewayClient,
  type CreateAuthorizerCommandInput,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, CreateFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { createArchive } from '@gatehouse/function-archive';
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import type { Answer } from './http.js';
import { Product, REGION } from './product.js';

const ACCOUNT = '123456789012';
const POOL = `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/${REGION}_Pool1`;
const HEADER = 'method.request.header.Authorization';
const invocationsOf = (arn: string) => `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`;

/** As in AWS's guide, with what tells calls apart: `allow`, `deny`, `nobody`, `broken`, and, of REQUEST authorizers, the parameter `who`. */
const AUTHORIZER = `let calls = 0;
export const handler = async (event) => {
  const token = event.type === 'TOKEN' ? event.authorizationToken : event.queryStringParameters.who;
  if (token === 'nobody') throw new Error('Unauthorized');
  if (token === 'broken') return { policyDocument: {} };
  const Effect = token.startsWith('allow') ? 'Allow' : 'Deny';
  const Resource = token === 'allow-pets' ? event.methodArn.replace(/GET.*/, 'GET/pets') : '*';
  return {
    principalId: 'user-' + token,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
    context: { calls: ++calls, arn: event.methodArn, flag: true },
  };
};`;
const ECHO = `export const handler = async ({ requestContext }) => ({ statusCode: 200, body: JSON.stringify(requestContext.authorizer) });`;

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

let issuer: Backend;
let product: Product;
let client: APIGatewayClient;
let lambda: LambdaClient;
let authorizerArn: string;
let echoArn: string;

beforeAll(async () => {
  issuer = await startBackend((request, _, response) => {
    const isKeys = request.url === '/.well-known/jwks.json';
    response.statusCode = isKeys ? 200 : 404;
    response.end(isKeys ? JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] }) : '');
  });
  product = await Product.start(
    { controlPlanes: 1, gateways: 1, functions: true },
    // Each worker keeps decisions for itself.
    { GATEHOUSE_USER_POOLS: `${POOL}=${issuer.url}`, GATEHOUSE_WORKERS: '1' },
  );
  client = product.controlPlanes[0]!.client();
  lambda = product.controlPlanes[0]!.lambda();
  authorizerArn = await createFunction('authorizer', AUTHORIZER);
  echoArn = await createFunction('echo', ECHO);
});
afterAll(async () => {
  await product?.stop();
  await issuer?.stop();
});

async function createFunction(name: string, handler: string): Promise<string> {
  const created = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
      Code: { ZipFile: await createArchive([{ path: 'index.mjs', content: handler }]) },
    }),
  );
  return created.FunctionArn!;
}

async function allow(functionName: string, sourceArn: string): Promise<void> {
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: functionName,
      StatementId: `s${Math.random().toString(36).slice(2)}`,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sourceArn,
    }),
  );
}

interface Guarded {
  apiId: string;
  authorizerId: string;
  call(path: string, token?: string, method?: string): Promise<Answer>;
}

/** An API with `GET /pets` and `GET /dogs` behind an authorizer, which answer what it gave along. */
async function guarded(
  authorizer: Partial<CreateAuthorizerCommandInput>,
  method: { authorizationScopes?: string[] } = {},
): Promise<Guarded> {
  const { id: restApiId, rootResourceId } = await client.send(new CreateRestApiCommand({ name: 'guarded' }));
  const { id: authorizerId } = await client.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: 'who',
      type: 'TOKEN',
      authorizerUri: invocationsOf(authorizerArn),
      identitySource: HEADER,
      ...authorizer,
    }),
  );
  const authorizationType = authorizer.type === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM';
  for (const pathPart of ['pets', 'dogs']) {
    const { id: resourceId } = await client.send(new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart }));
    const key = { restApiId, resourceId, httpMethod: 'GET' };
    await client.send(new PutMethodCommand({ ...key, authorizationType, authorizerId, ...method }));
    await client.send(
      new PutIntegrationCommand({ ...key, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: invocationsOf(echoArn) }),
    );
  }
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }));
  await allow('echo', `arn:aws:execute-api:${REGION}:${ACCOUNT}:${restApiId}/*/*/*`);
  const call = (path: string, token?: string, verb = 'GET') =>
    product.gateways[0]!.call(restApiId!, `/prod${path}`, {
      method: verb,
      ...(token !== undefined && { headers: { authorization: token } }),
    });
  return { apiId: restApiId!, authorizerId: authorizerId!, call };
}

/** Publications and permissions take a moment. */
const eventually = (what: string, status: number, call: () => Promise<Answer>) =>
  until(what, async () => {
    const answer = await call();
    return answer.status === status ? answer : undefined;
  });

const short = ({ status, body, headers }: Answer) => [status, body, headers['x-amzn-errortype']];
const UNAUTHORIZED = [401, '{"message":"Unauthorized"}', 'UnauthorizedException'];

describe('a TOKEN authorizer', () => {
  it('is called when its function allows that, and lets in as its policy says', async () => {
    const api = await guarded({});
    const forbidden = await eventually('the stage', 500, () => api.call('/pets', 'allow'));
    expect(short(forbidden)).toEqual([500, '{"message":null}', 'AuthorizerConfigurationException']);

    await allow('authorizer', `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.apiId}/authorizers/${api.authorizerId}`);
    const answer = await eventually('the permission', 200, () => api.call('/pets', 'allow'));
    const first = JSON.parse(answer.body) as Record<string, unknown>;
    expect(first).toEqual({
      principalId: 'user-allow',
      integrationLatency: expect.any(Number) as number,
      calls: expect.stringMatching(/^\d+$/) as string,
      arn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.apiId}/prod/GET/pets`,
      flag: 'true',
    });
    // Kept, also for the other method; and others are asked for.
    const again = JSON.parse((await api.call('/dogs', 'allow')).body) as Record<string, unknown>;
    expect(again).toEqual({ ...first, integrationLatency: 0 });

    expect(short(await api.call('/pets'))).toEqual(UNAUTHORIZED);
    expect(short(await api.call('/pets', 'nobody'))).toEqual(UNAUTHORIZED);
    expect(short(await api.call('/pets', 'broken'))).toEqual(short(forbidden));
    expect(short(await api.call('/pets', 'deny'))).toEqual([
      403,
      '{"Message":"User is not authorized to access this resource with an explicit deny"}',
      'AccessDeniedException',
    ]);
    expect((await api.call('/pets', 'allow-pets')).status).toBe(200);
    expect(short(await api.call('/dogs', 'allow-pets'))).toEqual([
      403,
      '{"Message":"User is not authorized to access this resource"}',
      'AccessDeniedException',
    ]);
  });

  it('is asked again after FlushStageAuthorizersCache, and is another one after a deployment only', async () => {
    const api = await guarded({ identityValidationExpression: 'allow.*' });
    await allow('authorizer', `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.apiId}/authorizers/*`);
    const kept = await eventually('the permission', 200, () => api.call('/pets', 'allow'));
    const callsOf = ({ body }: Answer) => Number((JSON.parse(body) as { calls: string }).calls);
    expect(callsOf(await api.call('/pets', 'allow'))).toBe(callsOf(kept));
    await client.send(new FlushStageAuthorizersCacheCommand({ restApiId: api.apiId, stageName: 'prod' }));
    await until('the flush', async () => (callsOf(await api.call('/pets', 'allow')) > callsOf(kept) ? true : undefined));

    expect(short(await api.call('/pets', 'deny'))).toEqual(UNAUTHORIZED);
    await client.send(
      new UpdateAuthorizerCommand({
        restApiId: api.apiId,
        authorizerId: api.authorizerId,
        patchOperations: [{ op: 'replace', path: '/identityValidationExpression', value: 'deny' }],
      }),
    );
    expect((await api.call('/pets', 'allow')).status).toBe(200);
    await client.send(new CreateDeploymentCommand({ restApiId: api.apiId, stageName: 'prod' }));
    await eventually('the deployment', 401, () => api.call('/pets', 'allow'));
    expect((await api.call('/pets', 'deny')).status).toBe(403);
  });
});

describe('a REQUEST authorizer', () => {
  it('is asked by what its sources name', async () => {
    const api = await guarded({ type: 'REQUEST', identitySource: 'method.request.querystring.who,context.httpMethod' });
    await allow('authorizer', `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.apiId}/authorizers/*`);
    const answer = await eventually('the permission', 200, () => api.call('/pets?who=allow'));
    expect(JSON.parse(answer.body)).toMatchObject({ principalId: 'user-allow' });
    expect(short(await api.call('/pets'))).toEqual(UNAUTHORIZED);
    expect(short(await api.call('/pets?who='))).toEqual(UNAUTHORIZED);
    expect((await api.call('/pets?who=deny')).status).toBe(403);
    expect((await api.call('/pets?who=allow&who=deny')).status).toBe(403);
    expect((await api.call('/pets?who=allow')).status).toBe(200);
  });
});

describe('a user pool', () => {
  const token = (claims: object, header: object = { alg: 'RS256', kid: 'one' }) => {
    const now = Math.floor(Date.now() / 1000);
    const signed = `${encode(header)}.${encode({ iss: issuer.url, token_use: 'id', sub: 'me', exp: now + 600, ...claims })}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  };
  const pool: Partial<CreateAuthorizerCommandInput> = {
    type: 'COGNITO_USER_POOLS',
    providerARNs: [POOL],
    authorizerUri: undefined,
  };

  it('lets in whom its issuer vouches for', async () => {
    const api = await guarded(pool);
    const answer = await eventually('the stage', 200, () => api.call('/pets', token({ email_verified: true })));
    expect(JSON.parse(answer.body)).toMatchObject({ claims: { sub: 'me', email_verified: 'true', iss: issuer.url } });
    expect((await api.call('/pets', `Bearer ${token({})}`)).status).toBe(200);
    expect(short(await api.call('/pets'))).toEqual(UNAUTHORIZED);
    expect(short(await api.call('/pets', token({}, { alg: 'none' })))).toEqual(UNAUTHORIZED);
    expect(short(await api.call('/pets', token({ iss: 'https://example.com' })))).toEqual(UNAUTHORIZED);
    expect(short(await api.call('/pets', token({ exp: 1_700_000_000 })))).toEqual([
      401,
      '{"message":"The incoming token has expired"}',
      'UnauthorizedException',
    ]);
  });

  it('wants an access token with one of the method’s scopes', async () => {
    const api = await guarded(pool, { authorizationScopes: ['pets/read'] });
    const access = (scope: string) => token({ token_use: 'access', scope });
    await eventually('the stage', 200, () => api.call('/pets', access('openid pets/read')));
    expect(short(await api.call('/pets', access('openid')))).toEqual(UNAUTHORIZED);
    expect(short(await api.call('/pets', token({})))).toEqual(UNAUTHORIZED);
  });
});
