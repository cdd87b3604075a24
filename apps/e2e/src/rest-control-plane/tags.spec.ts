import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  GetApiKeyCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetTagsCommand,
  GetUsagePlanCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badRequest, ControlPlaneUnderTest, notFound, unknownApi } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

const arn = (path: string) => `arn:aws:apigateway:us-east-1::/${path}`;
const tag = (resourceArn: string, tags: Record<string, string>) => plane.send(new TagResourceCommand({ resourceArn, tags }));
const untag = (resourceArn: string, ...tagKeys: string[]) => plane.send(new UntagResourceCommand({ resourceArn, tagKeys }));
const tags = (resourceArn: string) => plane.send(new GetTagsCommand({ resourceArn }));

async function resources(): Promise<Record<string, { arn: string; shown: () => Promise<{ tags?: Record<string, string> }> }>> {
  const { restApiId, stageName } = await plane.newStage();
  const key = await plane.send(new CreateApiKeyCommand({}));
  const plan = await plane.send(new CreateUsagePlanCommand({ name: 'p' }));
  return {
    'an API': { arn: arn(`restapis/${restApiId}`), shown: () => plane.send(new GetRestApiCommand({ restApiId })) },
    'a stage': {
      arn: arn(`restapis/${restApiId}/stages/${stageName}`),
      shown: () => plane.send(new GetStageCommand({ restApiId, stageName })),
    },
    'an API key': { arn: arn(`apikeys/${key.id}`), shown: () => plane.send(new GetApiKeyCommand({ apiKey: key.id })) },
    'a usage plan': {
      arn: arn(`usageplans/${plan.id}`),
      shown: () => plane.send(new GetUsagePlanCommand({ usagePlanId: plan.id })),
    },
  };
}

describe('tags', () => {
  it.each(['an API', 'a stage', 'an API key', 'a usage plan'])('of %s are merged, read and removed', async (kind) => {
    const resource = (await resources())[kind]!;
    expect(await tags(resource.arn)).toEqual({ tags: {} });
    expect(await tag(resource.arn, { a: '1', b: '2' })).toEqual({});
    expect(await tag(resource.arn, { b: '3', c: '' })).toEqual({});
    expect(await tags(resource.arn)).toEqual({ tags: { a: '1', b: '3', c: '' } });
    expect((await resource.shown()).tags).toEqual({ a: '1', b: '3', c: '' });
    expect(await untag(resource.arn, 'a', 'c', 'unknown')).toEqual({});
    expect(await tags(resource.arn)).toEqual({ tags: { b: '3' } });
  });

  it('answer 204 without a body, and keep names that objects know by themselves', async () => {
    const { restApiId } = await plane.newApi();
    const path = `/tags/${encodeURIComponent(arn(`restapis/${restApiId}`))}`;
    const put = await plane.raw('PUT', path, '{"tags":{"__proto__":"x","constructor":"y"}}');
    expect([put.status, put.body]).toEqual([204, '']);
    expect((await plane.raw('GET', path)).body).toBe('{"tags":{"__proto__":"x","constructor":"y"}}');
    const removed = await plane.raw('DELETE', `${path}?tagKeys=__proto__&tagKeys=constructor`);
    expect([removed.status, removed.body]).toEqual([204, '']);
    expect((await plane.raw('GET', path)).body).toBe('{"tags":{}}');
  });

  it.each([
    ['restapis/nosuchapi1', unknownApi('nosuchapi1')],
    ['restapis/nosuchapi1/stages/prod', notFound('Invalid Stage identifier specified')],
    ['apikeys/nosuch', notFound('Invalid API Key identifier specified')],
    ['usageplans/nosuch', notFound('Invalid Usage Plan ID specified')],
    ['restapis/x/resources/y', badRequest('Invalid ARN specified in the request')],
  ])('of %s are refused', async (path, message) => {
    const resourceArn = arn(path);
    expect(await plane.refusal(new GetTagsCommand({ resourceArn }))).toBe(message);
    expect(await plane.refusal(new TagResourceCommand({ resourceArn, tags: { a: 'b' } }))).toBe(message);
    expect(await plane.refusal(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))).toBe(message);
  });
});
