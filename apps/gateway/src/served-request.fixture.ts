import type { StageModel } from '@gatehouse/api-model';
import { NO_BODY, parseRequestTarget } from '@gatehouse/pipeline';
import { pipelineServices, restApiModel } from '@gatehouse/testing';
import { RequestHandler } from '../dist/request-handler.js';
import { RoutingTable } from '../dist/routing-table/routing-table.js';
import { Documents, KEY } from './documents.fixture.js';
import type { Outcome } from './transport/connection-host.js';

const HOST = 'abcdefghij.execute-api.us-east-1.localhost';
const PATH = '/prod/pets/4711';

/** How a request with an API key ended that a backend answered, in the build: for benchmarks of what comes after it. `stage` is what its stage has beside defaults. */
export function servedRequest(stage: Partial<StageModel> = {}): Outcome {
  const services = pipelineServices({
    upstream: {
      send(_, listener) {
        listener.sent();
        listener.answered(200, ['Content-Type', 'application/json'], 100);
        listener.data(Buffer.alloc(100, 'x'));
        listener.ended();
        return { pause() {}, resume() {}, abort() {} };
      },
      close: () => Promise.resolve(),
    },
  });
  const table = new RoutingTable({ services, dataPlaneKeys: [KEY], pathForms: true, listener: { stageRemoved() {} } });
  const integration = { type: 'HTTP_PROXY', httpMethod: 'GET', uri: 'http://127.0.0.1:9000/pets' } as const;
  table.apply(
    new Documents()
      .stage(restApiModel({ 'GET /pets/{id}': { integration, apiKeyRequired: true } }), 'prod', stage)
      .usagePlan({ usagePlanId: 'plan01', apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }] })
      .apiKey('key0000001', 'value-of-the-key-0000001', ['plan01'])
      .batch(),
  );
  const exchange = new RequestHandler(table, () => true).handle(
    {
      method: 'GET',
      rawTarget: PATH,
      target: parseRequestTarget(PATH),
      headers: ['Host', HOST, 'User-Agent', 'wrk/4.2', 'Accept', '*/*', 'x-api-key', 'value-of-the-key-0000001'],
      host: HOST,
      remoteAddress: '127.0.0.1',
      localPort: 8080,
      secure: false,
      protocol: 'HTTP/1.1',
      connectionOptions: [],
      body: NO_BODY,
      onAbort: () => undefined,
    },
    { respond: () => undefined },
  );
  if (exchange.status !== 200) throw new Error(exchange.error?.reason);
  return { exchange, bytesSent: 100, aborted: false };
}
