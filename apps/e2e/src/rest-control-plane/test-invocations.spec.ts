import {
  CreateAuthorizerCommand,
  PutIntegrationResponseCommand,
  PutMethodResponseCommand,
  TestInvokeAuthorizerCommand,
  TestInvokeMethodCommand,
  UpdateIntegrationCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, badRequest, ControlPlaneUnderTest, notFound } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;
beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start({}, 1);
});
afterAll(() => plane?.stop());

const AUTHORIZER_URI = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${ACCOUNT}:function:a/invocations`;

describe('TestInvokeMethod', () => {
  it('answers in the form of the model, of a method that is not deployed', async () => {
    const key = await plane.newMock();
    const template = { op: 'add' as const, path: '/requestTemplates/application~1json', value: '{"statusCode": 200}' };
    await plane.send(new UpdateIntegrationCommand({ ...key, patchOperations: [template] }));
    await plane.send(new PutMethodResponseCommand({ ...key, statusCode: '200' }));
    const responseTemplates = { 'application/json': '$context.stage $input.params("a") $stageVariables.v' };
    await plane.send(new PutIntegrationResponseCommand({ ...key, statusCode: '200', responseTemplates }));
    const test = new TestInvokeMethodCommand({ ...key, pathWithQueryString: '/?a=b', stageVariables: { v: 'w' } });
    const { latency, log, ...answer } = await plane.send(test);
    expect(answer).toMatchObject({
      status: 200,
      body: 'test-invoke-stage b w',
      headers: { 'Content-Type': 'application/json' },
      multiValueHeaders: { 'Content-Type': ['application/json'] },
    });
    expect(Number.isInteger(latency)).toBe(true);
    expect(log).toContain(' : Method request query string: {a=b}\n');
  });

  it('refuses what is not there, and what no request can have', async () => {
    const key = await plane.newMock();
    const refusal = (more: object) => plane.refusal(new TestInvokeMethodCommand({ ...key, ...more }));
    expect(await refusal({ resourceId: 'nosuch' })).toBe(notFound('Invalid Resource identifier specified'));
    expect(await refusal({ httpMethod: 'PUT' })).toBe(notFound('Invalid Method identifier specified'));
    expect(await refusal({ pathWithQueryString: 'x' })).toBe(badRequest('Invalid pathWithQueryString specified'));
    expect(await refusal({ headers: { 'a b': 'c' } })).toBe(badRequest('Invalid header specified'));
  });
});

describe('TestInvokeAuthorizer', () => {
  it('answers in the form of the model, also where the function cannot be asked', async () => {
    const { restApiId } = await plane.newApi();
    const { id } = await plane.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: 'a',
        type: 'TOKEN',
        authorizerUri: AUTHORIZER_URI,
        identitySource: 'method.request.header.Authorization',
      }),
    );
    const test = (more: object = {}) => new TestInvokeAuthorizerCommand({ restApiId, authorizerId: id!, ...more });
    const { latency, log, ...answer } = await plane.send(test());
    expect(answer).toMatchObject({ clientStatus: 500, authorization: {}, claims: {} });
    expect([Number.isInteger(latency), log?.startsWith('Execution log for request ')]).toEqual([true, true]);
    expect(await plane.refusal(test({ authorizerId: 'nosuch' }))).toBe(notFound('Invalid Authorizer identifier specified'));
  });
});
