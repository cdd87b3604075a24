import { functionsAt, gatewayFrom, requestOf, restApiModel } from '@gatehouse/testing';
import { describe, it } from 'vitest';
import { Exchange } from '../exchange.js';
import { BinaryMediaTypes } from '../http/binary-media-types.js';
import { InvokedFunction } from '../integration/lambda-service.js';
import { serve } from '../rest-pipeline.js';
import { UpstreamError, type Upstream } from '../upstream/upstream.js';
import { ProxyEvent } from './proxy-event.js';

/*
 * What a request to a function costs before it is sent. Microseconds of one request on a core of an EPYC that others used as well, in the tests' module runner:
 * 5 for the event, 20 for its signature, about 35 from the arrival to the call.
 */

const REQUESTS = 1000;
const HELLO = 'arn:aws:lambda:us-east-1:123456789012:function:hello';
const HEADERS = [
  ...[
    'Host',
    'abcdefghij.execute-api.us-east-1.localhost',
    'User-Agent',
    'Mozilla/5.0 (X11; Linux x86_64)',
    'Accept',
    'text/html,*/*;q=0.8',
  ],
  ...[
    'Accept-Language',
    'en-US,en;q=0.5',
    'Accept-Encoding',
    'gzip, deflate, br',
    'Cookie',
    'session=0123456789abcdef',
    'Cache-Control',
    'no-cache',
  ],
];

/** Takes every call and has nothing to say, so that nothing is kept for it. */
const silent: Upstream = {
  send(_, listener) {
    listener.failed(new UpstreamError('network'));
    return { pause: () => undefined, resume: () => undefined, abort: () => undefined };
  },
  close: () => Promise.resolve(),
};
const integration = {
  type: 'AWS_PROXY',
  httpMethod: 'POST',
  uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${HELLO}/invocations`,
} as const;
const lambda = functionsAt('http://127.0.0.1:9100', silent);
const { stage } = gatewayFrom(restApiModel({ 'GET /pets/{id}': { integration } }), { upstream: silent, lambda });
const context = {
  apiId: 'abcdefghij',
  resourceId: 'res000',
  resourcePath: '/pets/{id}',
  operationName: undefined,
  binaryMediaTypes: new BinaryMediaTypes([]),
  parameterNames: ['id'],
  openLiteral: (text: string) => text,
};
const request = requestOf({ path: '/pets/4711?a=1&b=2', headers: HEADERS });
const served = () => {
  const exchange = new Exchange(request, { respond: () => undefined });
  serve(exchange, stage, 0);
  return exchange;
};

describe('1,000 requests', () => {
  it('made into events', async ({ bench }) => {
    const event = new ProxyEvent(context, stage);
    const exchange = served();
    let bytes = 0;
    await bench('events', () => {
      for (let n = 0; n < REQUESTS; n++) bytes += event.of(exchange, null).length;
    }).run();
    if (bytes === 0) throw new Error('nothing was made');
  });

  it('signed', async ({ bench }) => {
    const invoked = InvokedFunction.onStage(HELLO, 'Invoke', '/pets/{id}', stage);
    if (!(invoked instanceof InvokedFunction)) throw new Error(invoked.reason);
    const exchange = served();
    const event = new ProxyEvent(context, stage).of(exchange, null);
    await bench('signatures', () => {
      for (let n = 0; n < REQUESTS; n++) invoked.request(exchange, event);
    }).run();
  });

  it('from their arrival to the call', async ({ bench }) => {
    await bench('whole', () => {
      for (let n = 0; n < REQUESTS; n++) if (served().backendRequest === null) throw new Error('it was not called');
    }).run();
  });
});
