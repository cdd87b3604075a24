import type { GatewayResponseModel } from '@gatehouse/api-model';
import { NO_BODY, parseRequestTarget, type GatewayRequest } from '@gatehouse/pipeline';
import { pipelineServices, restApiModel } from '@gatehouse/testing';
import { describe, it } from 'vitest';
import { RequestHandler } from '../dist/request-handler.js';
import { RoutingTable } from '../dist/routing-table/routing-table.js';
import { Documents, KEY } from './documents.fixture.js';

/*
 * What a request costs that fails: from its arrival to the answer. Measures what was built; run it with `--config vitest.compiled.config.mjs`. Microseconds of one
 * request in compiled code, on a core of an EPYC that others used much, the best of some 70 runs:
 *
 *   AWS's own answer                                6.3
 *   CORS headers                                    6.6
 *   CORS headers and a template with four values    7.3
 */

const REQUESTS = 1_000;
const HOST = 'abcdefghij.execute-api.us-east-1.localhost';
const PATH = '/prod/nix';

const request: GatewayRequest = {
  method: 'GET',
  rawTarget: PATH,
  target: parseRequestTarget(PATH),
  headers: ['Host', HOST, 'User-Agent', 'wrk/4.2', 'Accept', '*/*', 'Origin', 'https://app.example'],
  host: HOST,
  remoteAddress: '127.0.0.1',
  localPort: 8080,
  secure: false,
  protocol: 'HTTP/1.1',
  connectionOptions: [],
  body: NO_BODY,
  onAbort: () => undefined,
};
const responseParameters = {
  'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
  'gatewayresponse.header.Access-Control-Allow-Headers': "'Content-Type,X-Api-Key'",
};
const template =
  '{"message":$context.error.messageString,"type":"$context.error.responseType","id":"$context.requestId","path":"$context.path"}';
const custom = (responseTemplates: Record<string, string>): GatewayResponseModel[] => [
  { responseType: 'DEFAULT_4XX', responseParameters, responseTemplates },
];

describe('1,000 requests that fail', () => {
  for (const [what, gatewayResponses] of [
    ['with AWS’s own answer', []],
    ['with CORS headers', custom({})],
    ['with CORS headers and a template', custom({ 'application/json': template })],
  ] as const) {
    it(what, async ({ bench }) => {
      const table = new RoutingTable({
        services: pipelineServices(),
        dataPlaneKeys: [KEY],
        pathForms: true,
        listener: { stageRemoved() {} },
      });
      table.apply(new Documents().stage(restApiModel({ 'GET /pets': {} }, { gatewayResponses: [...gatewayResponses] })).batch());
      const handler = new RequestHandler(table, () => true);
      let bytes = 0;
      const responder = { respond: ({ length }: { length: number | null }) => void (bytes += length ?? 0) };
      await bench('requests', () => {
        for (let n = 0; n < REQUESTS; n++) handler.handle(request, responder);
      }).run();
      if (bytes === 0) throw new Error('nothing was answered');
    });
  }
});
