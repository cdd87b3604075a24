import { describe, it } from 'vitest';
import { logOnStage } from '../../dist/stage-logs/log-on-stage.js';
import { servedRequest } from '../served-request.fixture.js';

/*
 * Measures what was built; run it with `--config vitest.compiled.config.mjs`. Microseconds of one request in compiled code, on a core of an EPYC that others used too:
 *
 *   a stage that logs nothing           0.002
 *   the common log format               0.8
 *   JSON with twelve variables          1.5
 *   executions, with data trace         60
 */

const REQUESTS = 1_000;
const destinationArn = 'arn:aws:logs:us-east-1:123456789012:log-group:access';
const CLF =
  '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId';
const JSON_FORMAT = `{${[
  'requestId',
  'extendedRequestId',
  'identity.sourceIp',
  'requestTimeEpoch',
  'httpMethod',
  'resourcePath',
  'path',
  'status',
  'protocol',
  'responseLength',
  'integrationLatency',
  'identity.userAgent',
]
  .map((name) => `"${name}":"$context.${name}"`)
  .join()}}`;
const EXECUTION = {
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

describe('1,000 requests, whose stage logs', () => {
  for (const [what, stage] of [
    ['nothing', {}],
    ['the common log format', { accessLogSettings: { destinationArn, format: CLF } }],
    ['JSON', { accessLogSettings: { destinationArn, format: JSON_FORMAT } }],
    ['executions', { methodSettings: { '*/*': EXECUTION } }],
  ] as const) {
    it(what, async ({ bench }) => {
      const outcome = servedRequest(stage);
      let characters = 0;
      const logs = { write: (_scope: unknown, _group: string, line: string) => void (characters += line.length) };
      await bench('requests', () => {
        for (let n = 0; n < REQUESTS; n++) logOnStage(logs as unknown as Parameters<typeof logOnStage>[0], outcome);
      }).run();
    });
  }
});
