import { gatewayFrom, restApiModel, type TestCall } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { logOnStage } from './log-on-stage.js';
import type { StageLogs } from './stage-logs.js';

const SETTING = {
  metricsEnabled: false,
  loggingLevel: 'INFO',
  dataTraceEnabled: true,
  throttlingBurstLimit: -1,
  throttlingRateLimit: -1,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};
const accessLogSettings = {
  destinationArn: 'arn:aws:logs:us-east-1:123456789012:log-group:access',
  format: '$context.requestId $context.status $context.responseLength',
};
const EXECUTION = 'API-Gateway-Execution-Logs_abcdefghij/prod';
const model = restApiModel({ 'GET /a': {}, 'GET /keyed': { apiKeyRequired: true } });
const gateway = gatewayFrom(model, { stage: { accessLogSettings, methodSettings: { '*/*': SETTING } } });
const plain = gatewayFrom(model);

async function linesOf(call: TestCall, by = gateway) {
  const lines: { group: string; line: string }[] = [];
  const logs = { write: (_, group, line) => void lines.push({ group, line }) } as Pick<StageLogs, 'write'> as StageLogs;
  const { exchange } = await by.call(call);
  logOnStage(logs, { exchange, bytesSent: 7, aborted: false });
  return { lines, requestId: exchange.requestId };
}

describe('the logs of a stage', () => {
  it('get a line of access and all sentences of the execution', async () => {
    const { lines, requestId } = await linesOf({ path: '/a' });
    expect(lines.at(-1)).toEqual({ group: 'access', line: `${requestId} 200 7` });
    const execution = lines.filter(({ group }) => group === EXECUTION);
    expect(execution.length).toBe(lines.length - 1);
    for (const { line } of execution) expect(line.slice(24, 64)).toBe(` (${requestId}) `);
    expect(execution.at(-1)!.line).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \(.{36}\) Method completed with status: 200$/,
    );
  });

  it('get a line of access for errors too, also where no method was found', async () => {
    expect((await linesOf({ path: '/keyed' })).lines.at(-1)!.line).toMatch(/ 403 7$/);
    const { lines, requestId } = await linesOf({ path: '/nix' });
    expect(lines).toEqual([{ group: 'access', line: `${requestId} 403 7` }]);
  });

  it('get nothing where the stage wants nothing', async () => {
    expect((await linesOf({ path: '/a' }, plain)).lines).toEqual([]);
  });

  it('security class: CR/LF and header injection: what a client sends makes no further line', async () => {
    const evil = 'x\r\n2026-01-01T00:00:00.000Z (id) Successfully completed execution\u0085\u001b[31m';
    const { lines } = await linesOf({ path: `/a?q=${encodeURIComponent(evil)}`, headers: ['X-A', 'é\u0085'] });
    for (const { line } of lines) expect(line).not.toMatch(/[\x00-\x1f\x7f]/);
    const query = lines.find(({ line }) => line.includes('Method request query string'))!;
    expect(query.line).toContain('{q=x\\r\\n2026-01-01T00:00:00.000Z (id) Successfully completed execution\\u0085\\u001b[31m}');
  });
});
