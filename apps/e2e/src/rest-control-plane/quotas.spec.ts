import {
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  CreateVpcLinkCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlPlaneUnderTest } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start({ GATEHOUSE_LIMITS: 'aws' });
});
afterAll(() => plane?.stop());

const EXCEEDED = /^LimitExceededException 429: /;

/** Asks once more than there may be. */
async function fill(quota: number, refusalOf: (n: number) => Promise<string>): Promise<void> {
  for (let n = 0; n < quota; n++) expect(await refusalOf(n)).toBe('no error');
  expect(await refusalOf(quota)).toMatch(EXCEEDED);
}

describe("AWS's quotas with GATEHOUSE_LIMITS=aws", () => {
  it('allow 10 stages of an API', async () => {
    const { restApiId, deploymentId } = await plane.newStage();
    await fill(9, (n) => plane.refusal(new CreateStageCommand({ restApiId, deploymentId, stageName: `s${n}` })));
  });

  it('allow 10 authorizers of an API', async () => {
    const { restApiId } = await plane.newApi();
    const authorizerUri =
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';
    const identitySource = 'method.request.header.Authorization';
    await fill(10, (n) =>
      plane.refusal(new CreateAuthorizerCommand({ restApiId, name: `a${n}`, type: 'TOKEN', authorizerUri, identitySource })),
    );
  });

  it('allow 10 usage plans of a key', async () => {
    const { id: keyId } = await plane.send(new CreateApiKeyCommand({}));
    const plans: string[] = [];
    for (let n = 0; n < 11; n++) plans.push((await plane.send(new CreateUsagePlanCommand({ name: `p${n}` }))).id!);
    await fill(10, (n) => plane.refusal(new CreateUsagePlanKeyCommand({ usagePlanId: plans[n], keyId, keyType: 'API_KEY' })));
  });

  it('allow 20 VPC links', async () => {
    const targetArns = ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/x/50dc6c495c0c9188'];
    await fill(20, (n) => plane.refusal(new CreateVpcLinkCommand({ name: `l${n}`, targetArns })));
  });
});
