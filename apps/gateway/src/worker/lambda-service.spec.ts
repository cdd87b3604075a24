import { httpBackend } from '@gatehouse/testing';
import { Http1Upstream, TargetGuard, type UpstreamListener } from '@gatehouse/pipeline';
import { dataPlaneKey } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config.js';
import { lambdaService } from './lambda-service.js';

const KEY = Buffer.alloc(32, 1);
const LIMITS = { connectionsPerOrigin: 1, waitingPerOrigin: 1, keepAliveTimeout: 1000, connectTimeout: 1000, totalTimeout: 1000 };
const config = (more: Record<string, string> = {}) =>
  loadConfig({ REDIS_URL: 'redis://:p@127.0.0.1:1', GATEHOUSE_DATA_PLANE_KEY: KEY.toString('base64'), ...more });

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

describe('lambdaService', () => {
  it('is none without an endpoint', () => expect(lambdaService(config(), LIMITS)).toBeNull());

  it('signs with the first data-plane key where no other is said', () => {
    const service = lambdaService(config({ GATEHOUSE_LAMBDA_ENDPOINT: 'http://127.0.0.1:9100' }), LIMITS);
    expect(service).toMatchObject({ isOwn: true, credentials: { ...dataPlaneKey(KEY).calls, sessionToken: null } });
  });

  it('security class: SSRF by integrations: it is reached by invocations, and not as a backend', async () => {
    const backend = await httpBackend();
    const loaded = config({ GATEHOUSE_LAMBDA_ENDPOINT: backend.url, GATEHOUSE_BLOCKED_TARGETS: '127.0.0.0/8' });
    const service = lambdaService(loaded, LIMITS);
    expect(service && (await send(service.upstream, backend.url))).toBe(200);
    const own = config({ GATEHOUSE_LAMBDA_ENDPOINT: backend.url }).blockedTargets;
    const integrations = new Http1Upstream({ guard: new TargetGuard(own), ...LIMITS });
    expect(await send(integrations, backend.url)).toBe('refused-target');
    expect(await send(integrations, backend.url.replace('127.0.0.1', 'localhost'))).toBe('refused-target');
    // It goes where the operator said, and nowhere else.
    expect(service && (await send(service.upstream, 'http://169.254.169.254'))).toBe('refused-target');
    await Promise.all([service?.upstream.close(), integrations.close(), backend.close()]);
  });
});
