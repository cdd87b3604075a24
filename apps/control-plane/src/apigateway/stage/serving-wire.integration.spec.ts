import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { Global, Module, type Type } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApplication, type TestApplication } from '../../admin-api/admin-api.fixture.js';
import { ControlPlaneConfig } from '../../config.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { ApiKeyModule } from '../api-key/api-key.module.js';
import { DeploymentModule } from '../deployment/deployment.module.js';
import { UsagePlanModule } from '../usage-plan/usage-plan.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { Serving } from './serving.fixture.js';
import { StageModule } from './stage.module.js';

let server: TestDatabase;
let serving: Serving;
let application: TestApplication;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  const { database } = serving.definition;
  const modules = [DeploymentModule, StageModule, ApiKeyModule, UsagePlanModule, UsageModule];
  application = await startTestApplication([seams(serving), ...modules], database);
});

afterAll(async () => {
  await application?.app.close();
  await serving?.close();
  await server?.drop();
});

async function send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) {
  const headers = { authorization: 'me', accept: 'application/json' };
  const body = payload && JSON.stringify(payload);
  const answer = await application.app.inject({ method, url, headers, payload: body });
  return {
    status: answer.statusCode,
    published: answer.headers['x-gatehouse-publication'] !== undefined,
    body: (answer.body === '' ? undefined : answer.json()) as Record<string, unknown> | undefined,
  };
}

describe('over the wire, as clients of AWS send and expect it', () => {
  it('deployments and stages', async () => {
    const { restApiId } = await serving.newMock();
    const api = `/restapis/${restApiId}`;
    const deployed = await send('POST', `${api}/deployments`, { stageName: 'dev', variables: { v: '1' } });
    expect(deployed).toEqual({ status: 201, published: true, body: { id: expect.any(String), createdDate: expect.any(Number) } });
    const { id } = deployed.body!;
    const stage = {
      deploymentId: id,
      stageName: 'dev',
      cacheClusterEnabled: false,
      cacheClusterStatus: 'NOT_AVAILABLE',
      methodSettings: {},
      variables: { v: '1' },
      tracingEnabled: false,
      createdDate: expect.any(Number),
      lastUpdatedDate: expect.any(Number),
    };
    expect(await send('GET', `${api}/stages/dev`)).toEqual({ status: 200, published: false, body: stage });
    expect((await send('GET', `${api}/stages?deploymentId=${id as string}`)).body).toEqual({ item: [stage] });
    expect((await send('GET', `${api}/deployments/${id as string}?embed=apisummary`)).body).toMatchObject({
      apiSummary: { '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } },
    });
    const patched = await send('PATCH', `${api}/stages/dev`, {
      patchOperations: [
        { op: 'replace', path: '/*/*/throttling/rateLimit', value: '10' },
        { op: 'replace', path: '/~1pets~1{id}/GET/caching/enabled', value: 'false' },
        { op: 'replace', path: '/description', value: null },
      ],
    });
    expect(patched).toMatchObject({ status: 200, published: true });
    expect(Object.keys(patched.body!['methodSettings'] as object)).toEqual(['*/*', 'pets~1{id}/GET']);
    expect(await send('DELETE', `${api}/deployments/${id as string}`)).toMatchObject({
      status: 400,
      body: { message: 'Active stages pointing to this deployment must be moved or deleted' },
    });
    expect(await send('DELETE', `${api}/stages/dev`)).toEqual({ status: 202, published: true, body: undefined });
    expect(await send('DELETE', `${api}/deployments/${id as string}`)).toEqual({
      status: 202,
      published: false,
      body: undefined,
    });
  });

  it('API keys', async () => {
    const created = await send('POST', '/apikeys', { name: 'wire-1', enabled: true });
    expect(created).toMatchObject({
      status: 201,
      published: true,
      body: { enabled: true, createdDate: expect.any(Number), stageKeys: [] },
    });
    const { id, value } = created.body as { id: string; value: string };
    expect((await send('GET', '/apikeys?name=wire&includeValues=true&limit=0')).body).toMatchObject({ item: [{ id, value }] });
    expect((await send('GET', `/apikeys/${id}?includeValue=true`)).body).toMatchObject({ value });
    expect((await send('GET', `/apikeys/${id}`)).body).not.toHaveProperty('value');
    const patched = await send('PATCH', `/apikeys/${id}`, {
      patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }],
    });
    expect(patched).toMatchObject({ status: 200, published: true, body: { enabled: false, tags: {} } });
    expect(await send('POST', '/apikeys?mode=import&format=csv', {})).toMatchObject({ status: 400, published: false });
    expect(await send('DELETE', `/apikeys/${id}`)).toEqual({ status: 202, published: true, body: undefined });
  });

  it('usage plans, their keys and usage', async () => {
    const { restApiId } = await serving.newStage();
    const created = await send('POST', '/usageplans', {
      name: 'p',
      throttle: { burstLimit: 5, rateLimit: 2.5 },
      quota: { limit: 10, offset: 0, period: 'DAY' },
      apiStages: [{ apiId: restApiId, stage: 'prod', throttle: { '/GET': { rateLimit: 1, burstLimit: 1 } } }],
    });
    expect(created).toMatchObject({ status: 201, published: true, body: { throttle: { burstLimit: 5, rateLimit: 2.5 } } });
    const plan = `/usageplans/${created.body!['id'] as string}`;
    const key = (await send('POST', '/apikeys', { name: 'member' })).body as { id: string; value: string };
    const member = { id: key.id, type: 'API_KEY', value: key.value, name: 'member' };
    expect(await send('POST', `${plan}/keys`, { keyId: key.id, keyType: 'API_KEY' })).toEqual({
      status: 201,
      published: true,
      body: member,
    });
    expect((await send('GET', `${plan}/keys?name=mem`)).body).toEqual({ item: [member] });
    expect((await send('GET', `/usageplans?keyId=${key.id}`)).body).toMatchObject({ item: [{ name: 'p' }] });
    expect(await send('GET', `${plan}/usage?startDate=2024-03-01&endDate=2024-03-02`)).toMatchObject({
      status: 200,
      body: { values: {} },
    });
    expect(await send('PATCH', `${plan}/keys/${key.id}/usage`, { patchOperations: [] })).toMatchObject({
      status: 200,
      published: false,
    });
    expect(await send('DELETE', `${plan}/keys/${key.id}`)).toEqual({ status: 202, published: true, body: undefined });
    const emptied = await send('PATCH', plan, {
      patchOperations: [{ op: 'remove', path: '/apiStages', value: `${restApiId}:prod` }],
    });
    expect(emptied).toMatchObject({ status: 200, body: { apiStages: [], tags: {} } });
    expect(await send('DELETE', plan)).toEqual({ status: 202, published: true, body: undefined });
  });
});

/** Gives modules the configuration and the unit of work of a spec. */
function seams({ config, unitOfWork }: Serving): Type {
  class SeamsModule {}
  Global()(SeamsModule);
  const providers = [
    { provide: ControlPlaneConfig, useValue: config },
    { provide: UnitOfWork, useValue: unitOfWork },
  ];
  Module({ providers, exports: [ControlPlaneConfig, UnitOfWork] })(SeamsModule);
  return SeamsModule;
}
