import { Http1Upstream, parseTargetRule, TargetGuard, type UpstreamListener } from '@gatehouse/pipeline';
import { httpBackend } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config.js';
import { awsServices } from './aws-services.js';

const LIMITS = { connectionsPerOrigin: 1, waitingPerOrigin: 1, keepAliveTimeout: 1000, connectTimeout: 1000, totalTimeout: 1000 };
const KEY = { GATEHOUSE_AWS_ACCESS_KEY_ID: 'AKIA', GATEHOUSE_AWS_SECRET_ACCESS_KEY: 's' };
const config = (more: Record<string, string> = {}) =>
  loadConfig({
    REDIS_URL: 'redis://:p@127.0.0.1:1',
    GATEHOUSE_DATA_PLANE_KEY: Buffer.alloc(32, 1).toString('base64'),
    ...more,
  });

/** What comes of a request. */
function send(upstream: Pick<Http1Upstream, 'send'>, origin: string): Promise<number | string> {
  return new Promise((resolve) => {
    const listener: UpstreamListener = {
      sent: () => undefined,
      bodyAwaited: () => undefined,
      answered: resolve,
      data: () => undefined,
      ended: () => undefined,
      failed: ({ failure }) => resolve(failure),
    };
    upstream.send(
      { origin, path: '/', method: 'GET', headers: [], lines: '', body: null, bodyLength: 0, insecureSkipVerification: false },
      listener,
    );
  });
}

describe('awsServices', () => {
  it('are none without credentials', () => expect(awsServices(config(), [], LIMITS)).toBeNull());

  it("are where the operator says, each or all, else at AWS's own address", () => {
    const sqs = { service: 'sqs', host: 'sqs.us-east-1.amazonaws.com' };
    const sns = { service: 'sns', host: 'sns.us-east-1.amazonaws.com' };
    const endpoints = { GATEHOUSE_AWS_ENDPOINTS: 'sqs=http://queues:9324' };
    const origins = (more: Record<string, string>) => {
      const services = awsServices(config({ ...KEY, ...more }), [], LIMITS);
      return [services?.originOf(sqs), services?.originOf(sns)];
    };
    expect(origins({})).toEqual(['https://sqs.us-east-1.amazonaws.com', 'https://sns.us-east-1.amazonaws.com']);
    expect(origins(endpoints)).toEqual(['http://queues:9324', 'https://sns.us-east-1.amazonaws.com']);
    expect(origins({ ...endpoints, GATEHOUSE_AWS_ENDPOINT: 'http://all:4566' })).toEqual([
      'http://queues:9324',
      'http://all:4566',
    ]);
  });

  it('security class: SSRF by integrations: what the operator named is reached by signed calls alone, and they reach nothing else inside', async () => {
    const backend = await httpBackend();
    const loaded = config({ ...KEY, GATEHOUSE_AWS_ENDPOINT: backend.url, GATEHOUSE_BLOCKED_TARGETS: '10.0.0.0/8' });
    const blocked = [parseTargetRule('127.0.0.1:9'), ...loaded.blockedTargets];
    const services = awsServices(loaded, blocked, LIMITS)!;
    const integrations = new Http1Upstream({ guard: new TargetGuard(blocked, loaded.allowedTargets), ...LIMITS });
    expect(await send(services.upstream, backend.url)).toBe(200);
    expect(await send(integrations, backend.url)).toBe('refused-target');
    expect(await send(integrations, backend.url.replace('127.0.0.1', 'localhost'))).toBe('refused-target');
    for (const inside of ['http://169.254.169.254', 'http://127.0.0.1:9', 'http://10.1.2.3', 'http://127.0.0.1:1']) {
      expect(await send(services.upstream, inside), inside).toBe('refused-target');
    }
    await Promise.all([services.upstream.close(), integrations.close(), backend.close()]);
  });
});
