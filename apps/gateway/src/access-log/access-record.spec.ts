import { gatewayFrom, restApiModel, type TestCall } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { accessRecord } from './access-record.js';

const gateway = gatewayFrom(restApiModel({ 'GET /keyed': { apiKeyRequired: true }, 'GET /open/{x}': {} }), {
  usagePlans: [{ usagePlanId: 'plan01', apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }] }],
  apiKeys: [{ apiKeyId: 'key0000001', value: 'sesame', usagePlanIds: ['plan01'] }],
});

async function recordOf(call: TestCall): Promise<string> {
  const { exchange } = await gateway.call(call);
  return accessRecord({ exchange, bytesSent: 7, aborted: false });
}

describe('accessRecord', () => {
  it('tells of a request', async () => {
    expect(JSON.parse(await recordOf({ path: '/open/7', headers: ['User-Agent', 'curl'] }))).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      extendedRequestId: expect.any(String),
      apiId: 'abcdefghij',
      stage: 'prod',
      resourcePath: '/open/{x}',
      httpMethod: 'GET',
      path: '/open/7',
      protocol: 'HTTP/1.1',
      status: 200,
      sourceIp: '192.0.2.7',
      userAgent: 'curl',
      latency: expect.any(Number),
      integrationStatus: 200,
      bytes: 7,
    });
  });

  it('tells why a request failed', async () => {
    expect(JSON.parse(await recordOf({ path: '/nix' }))).toMatchObject({
      status: 403,
      error: { type: 'MISSING_AUTHENTICATION_TOKEN', reason: 'no such resource or method' },
    });
  });

  it('security class: secrets in logs: no key, query, header or token is in it', async () => {
    const headers = ['x-api-key', 'sesame', 'Authorization', 'Bearer hunter2', 'Cookie', 'session=hunter2', 'X-Token', 'hunter2'];
    const record = await recordOf({ path: '/keyed?token=hunter2&x-api-key=sesame', headers });
    expect(JSON.parse(record)).toMatchObject({ status: 200, apiKeyId: 'key0000001', path: '/keyed' });
    expect(record).not.toMatch(/sesame|hunter2/);
    expect(await recordOf({ path: '/keyed', headers: ['x-api-key', 'hunter2'] })).not.toContain('hunter2');
  });

  it('security class: CR/LF and control characters: one line that no terminal obeys', async () => {
    const record = await recordOf({ path: '/open/7', headers: ['User-Agent', 'a\r\nb\u001b[31m\u009b31m\u007f"'] });
    expect(record).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect((JSON.parse(record) as { userAgent: string }).userAgent).toBe('a\r\nb\u001b[31m\u009b31m\u007f"');
  });

  it('gives times to a thousandth of a second and durations to a thousandth of a millisecond', async () => {
    const { exchange } = await gateway.call({ path: '/open/7' });
    const at = (values: Record<string, number | null>) => {
      const shown = Object.create(exchange, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])));
      return JSON.parse(accessRecord({ exchange: shown as typeof exchange, bytesSent: 0, aborted: true })) as Record<
        string,
        unknown
      >;
    };
    expect(
      at({
        arrivedAt: 1_700_000_000_007,
        startedAt: 10,
        endedAt: 1011.0004,
        integrationStartedAt: 11,
        integrationEndedAt: 11.05,
      }),
    ).toMatchObject({ time: '2023-11-14T22:13:20.007Z', latency: 1001, integrationLatency: 0.05, aborted: true });
    expect(at({ arrivedAt: 1_699_999_999_999, startedAt: 10, endedAt: 10.0126 })).toMatchObject({
      time: '2023-11-14T22:13:19.999Z',
      latency: 0.013,
    });
    expect(at({ integrationEndedAt: null })).not.toHaveProperty('integrationLatency');
  });

  it('tells what a request was resolved to, as far as it was', async () => {
    expect(JSON.parse(await recordOf({ path: '/nix' }))).toMatchObject({ apiId: 'abcdefghij', stage: 'prod', path: '/nix' });
    expect(JSON.parse(await recordOf({ path: '/nix' }))).not.toHaveProperty('resourcePath');
    const { exchange } = await gateway.call({ path: '/nix' });
    const unknown = Object.create(exchange, { stage: { value: null } }) as typeof exchange;
    const record = JSON.parse(accessRecord({ exchange: unknown, bytesSent: 0, aborted: false })) as object;
    expect(Object.keys(record).slice(0, 5)).toEqual(['time', 'requestId', 'extendedRequestId', 'httpMethod', 'path']);
  });

  it('tells of the custom domain that a request came by', async () => {
    const { exchange } = await gateway.call({ path: '/open/7' });
    expect(exchange.domainName).toBeNull();
    exchange.domainName = 'a"\u0007.example.com';
    const record = accessRecord({ exchange, bytesSent: 0, aborted: false });
    expect(record).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(record)).toMatchObject({ domainName: 'a"\u0007.example.com', apiId: 'abcdefghij' });
  });

  it('security class: CR/LF and control characters: nothing of a client leaves its place', async () => {
    const given = '","status":200,"x":"\\\u2028</script>';
    const latin1 = Buffer.from(given, 'utf8').toString('latin1');
    const line = await recordOf({ path: '/open/"x', method: latin1, headers: ['User-Agent', latin1] });
    const record = JSON.parse(line) as object;
    expect(line).toMatch(/^[\x20-\x7e]*$/);
    expect(record).toMatchObject({ status: 403, httpMethod: latin1, userAgent: latin1, path: '/open/"x' });
    expect(record).not.toHaveProperty('x');
  });

  it('does not grow with what a client sends', async () => {
    expect(
      (await recordOf({ path: `/open/${'x'.repeat(100_000)}`, headers: ['User-Agent', 'y'.repeat(100_000)] })).length,
    ).toBeLessThan(6000);
  });
});
