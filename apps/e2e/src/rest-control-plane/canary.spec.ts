import {
  CreateDeploymentCommand,
  CreateDocumentationPartCommand,
  CreateDocumentationVersionCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  GenerateClientCertificateCommand,
  GetStageCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
  type CreateDeploymentCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badRequest, ControlPlaneUnderTest } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  // Settings that gateways do not know yet are refused otherwise.
  plane = await ControlPlaneUnderTest.start({ GATEHOUSE_UNENFORCED: 'deny' });
});
afterAll(() => plane?.stop());

const replace = (path: string, value?: string): PatchOperation => ({ op: 'replace', path, value });
const copy = (from: string, path: string): PatchOperation => ({ op: 'copy', from, path });
const deploy = (restApiId: string, more: Partial<CreateDeploymentCommandInput> = {}) =>
  plane.send(new CreateDeploymentCommand({ restApiId, ...more }));
const patch = (restApiId: string, ...patchOperations: PatchOperation[]) =>
  new UpdateStageCommand({ restApiId, stageName: 'prod', patchOperations });
const stage = (restApiId: string) => plane.send(new GetStageCommand({ restApiId, stageName: 'prod' }));

/** A stage with a canary of a tenth of the traffic, one variable overridden and one added. */
async function canary(): Promise<{ restApiId: string; stable: string; next: string }> {
  const { restApiId } = await plane.newMock();
  const stable = await deploy(restApiId, { stageName: 'prod', variables: { color: 'blue', size: 's' } });
  const next = await deploy(restApiId, {
    stageName: 'prod',
    canarySettings: { percentTraffic: 10, stageVariableOverrides: { color: 'green' }, useStageCache: false },
  });
  return { restApiId, stable: stable.id!, next: next.id! };
}

describe('a canary', () => {
  it('is made by a deployment, beside the one that the stage keeps', async () => {
    const { restApiId, stable, next } = await canary();
    expect(await stage(restApiId)).toEqual({
      stageName: 'prod',
      deploymentId: stable,
      variables: { color: 'blue', size: 's' },
      canarySettings: {
        deploymentId: next,
        percentTraffic: 10,
        stageVariableOverrides: { color: 'green' },
        useStageCache: false,
      },
      cacheClusterEnabled: false,
      cacheClusterStatus: 'NOT_AVAILABLE',
      methodSettings: {},
      tracingEnabled: false,
      createdDate: expect.any(Date),
      lastUpdatedDate: expect.any(Date),
    });
    expect(await plane.refusal(new DeleteDeploymentCommand({ restApiId, deploymentId: next }))).toBe(
      badRequest('Active stages pointing to this deployment must be moved or deleted'),
    );
  });

  it('is made with the stage, too', async () => {
    const { restApiId } = await plane.newMock();
    const [{ id: deploymentId }, { id: other }] = [await deploy(restApiId), await deploy(restApiId)];
    const canarySettings = { deploymentId: other, percentTraffic: 5 };
    const created = await plane.send(new CreateStageCommand({ restApiId, stageName: 'prod', deploymentId, canarySettings }));
    expect(created.canarySettings).toEqual({ ...canarySettings, useStageCache: false });
  });

  it('is made by patches of a stage, with what they do not say', async () => {
    const { restApiId, deploymentId } = await plane.newStage();
    const { id: other } = await deploy(restApiId);
    const pointed = await plane.send(patch(restApiId, replace('/canarySettings/deploymentId', other)));
    expect(pointed.canarySettings).toEqual({ deploymentId: other, percentTraffic: 0, useStageCache: false });
    await plane.send(patch(restApiId, { op: 'remove', path: '/canarySettings' }));
    const shared = await plane.send(patch(restApiId, replace('/canarySettings/percentTraffic', '50')));
    expect(shared.canarySettings).toEqual({ deploymentId, percentTraffic: 50, useStageCache: false });
  });

  it('is replaced by the canary of another deployment', async () => {
    const { restApiId, stable } = await canary();
    const { id: newer } = await deploy(restApiId, {
      stageName: 'prod',
      canarySettings: { percentTraffic: 50, stageVariableOverrides: { size: 'l' } },
    });
    const { deploymentId, canarySettings } = await stage(restApiId);
    expect([deploymentId, canarySettings]).toEqual([
      stable,
      { deploymentId: newer, percentTraffic: 50, stageVariableOverrides: { size: 'l' }, useStageCache: false },
    ]);
  });

  it.each(['/canarySettings/stageVariableOverrides', '/canarySettings/badPath'])('refuses to remove %s', async (path) => {
    const { restApiId } = await canary();
    expect(await plane.refusal(patch(restApiId, { op: 'remove', path }))).toBe(
      badRequest(`Cannot remove method setting ${path.slice(1)} because there is no method setting for this method `),
    );
  });

  it('lists the paths of stages where one of a canary is none', async () => {
    const { restApiId } = await canary();
    expect(await plane.refusal(patch(restApiId, replace('/canarySettings/badPath', 'x')))).toMatch(
      /^BadRequestException 400: Invalid method setting path: \/canarySettings\/badPath\. Must be one of: \[\/deploymentId, /,
    );
  });

  it('is adjusted, setting by setting', async () => {
    const { restApiId } = await canary();
    const { id: third } = await deploy(restApiId);
    const { canarySettings } = await plane.send(
      patch(
        restApiId,
        replace('/canarySettings/percentTraffic', '33.300000'),
        replace('/canarySettings/deploymentId', third),
        replace('/canarySettings/stageVariableOverrides/color', 'red'),
        replace('/canarySettings/stageVariableOverrides/weight', 'kg'),
      ),
    );
    expect(canarySettings).toEqual({
      deploymentId: third,
      percentTraffic: 33.3,
      stageVariableOverrides: { color: 'red', weight: 'kg' },
      useStageCache: false,
    });
    const removed = await plane.send(patch(restApiId, { op: 'remove', path: '/canarySettings/stageVariableOverrides/weight' }));
    expect(removed.canarySettings!.stageVariableOverrides).toEqual({ color: 'red' });
  });

  it('is promoted by copies, and goes by a removal only', async () => {
    const { restApiId, next } = await canary();
    const promoted = await plane.send(
      patch(
        restApiId,
        copy('/canarySettings/deploymentId', '/deploymentId'),
        copy('/canarySettings/stageVariableOverrides', '/variables'),
      ),
    );
    expect(promoted).toMatchObject({
      deploymentId: next,
      variables: { color: 'green', size: 's' },
      canarySettings: { deploymentId: next, percentTraffic: 10 },
    });
    const ended = await plane.send(patch(restApiId, { op: 'remove', path: '/canarySettings' }));
    expect(ended.canarySettings).toBeUndefined();
    expect(ended.deploymentId).toBe(next);
    expect(await plane.refusal(patch(restApiId, copy('/canarySettings/deploymentId', '/deploymentId')))).toBe(
      badRequest('Promotion not available. Canary does not exist.'),
    );
  });

  it('holds other deployments to the stage off', async () => {
    const { restApiId, stable } = await canary();
    expect(await plane.refusal(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }))).toMatch(
      /^BadRequestException 400: /,
    );
    expect((await stage(restApiId)).deploymentId).toBe(stable);
    await plane.send(patch(restApiId, { op: 'remove', path: '/canarySettings' }));
    await deploy(restApiId, { stageName: 'prod' });
  });

  it.each<[PatchOperation, string]>([
    [replace('/canarySettings/deploymentId', 'nosuch'), 'Deployment id does not exist'],
    [
      { op: 'add', path: '/canarySettings/deploymentId', value: 'x' },
      'Invalid add operation with path: /canarySettings/deploymentId',
    ],
    [
      copy('/canarySettings/stageVariableOverrides', '/deploymentId/x'),
      'Invalid copy operation with path: /deploymentId/x and from /canarySettings/stageVariableOverrides. ' +
        'Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
    ],
  ])('refuses %j, and stays as it was', async (operation, message) => {
    const { restApiId } = await canary();
    const before = await stage(restApiId);
    expect(await plane.refusal(patch(restApiId, replace('/canarySettings/percentTraffic', '50'), operation))).toBe(
      badRequest(message),
    );
    expect(await stage(restApiId)).toEqual(before);
  });
});

describe('other settings of stages', () => {
  it('are taken and taken back', async () => {
    const { restApiId } = await plane.newStage();
    const before = await stage(restApiId);
    await plane.send(new CreateDocumentationPartCommand({ restApiId, location: { type: 'API' }, properties: '{}' }));
    await plane.send(new CreateDocumentationVersionCommand({ restApiId, documentationVersion: '1' }));
    const { clientCertificateId } = await plane.send(new GenerateClientCertificateCommand({}));
    const destinationArn = 'arn:aws:logs:us-east-1:123456789012:log-group:access';
    const role = 'arn:aws:iam::123456789012:role/logs';
    await plane.send(new UpdateAccountCommand({ patchOperations: [replace('/cloudwatchRoleArn', role)] }));
    const set = await plane.send(
      patch(
        restApiId,
        replace('/documentationVersion', '1'),
        replace('/clientCertificateId', clientCertificateId),
        replace('/accessLogSettings/destinationArn', destinationArn),
        replace('/accessLogSettings/format', '$context.requestId'),
        replace('/tracingEnabled', 'true'),
        replace('/cacheClusterEnabled', 'true'),
        replace('/cacheClusterSize', '0.5'),
        replace('/*/*/logging/loglevel', 'INFO'),
        replace('/*/*/caching/enabled', 'true'),
      ),
    );
    expect(set).toEqual({
      ...before,
      lastUpdatedDate: expect.any(Date),
      documentationVersion: '1',
      clientCertificateId,
      accessLogSettings: { destinationArn, format: '$context.requestId' },
      tracingEnabled: true,
      cacheClusterEnabled: true,
      cacheClusterSize: '0.5',
      cacheClusterStatus: expect.stringMatching(/^(AVAILABLE|CREATE_IN_PROGRESS)$/),
      methodSettings: {
        '*/*': {
          metricsEnabled: false,
          loggingLevel: 'INFO',
          dataTraceEnabled: false,
          throttlingBurstLimit: 5000,
          throttlingRateLimit: 10_000,
          cachingEnabled: true,
          cacheTtlInSeconds: 300,
          cacheDataEncrypted: false,
          requireAuthorizationForCacheControl: true,
          unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
        },
      },
    });
    const cleared = await plane.send(
      patch(
        restApiId,
        { op: 'remove', path: '/accessLogSettings' },
        { op: 'remove', path: '/*/*' },
        replace('/tracingEnabled', 'false'),
        replace('/cacheClusterEnabled', 'false'),
      ),
    );
    expect(cleared).toMatchObject({ tracingEnabled: false, cacheClusterEnabled: false, methodSettings: {} });
    expect(cleared.accessLogSettings).toBeUndefined();
  });
});
