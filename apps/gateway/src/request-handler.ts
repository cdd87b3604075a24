import {
  beginExplanation,
  ERRORS,
  Exchange,
  gatewayError,
  serve,
  type GatewayRequest,
  type Responder,
} from '@gatehouse/pipeline';
import type { DataPlaneKey } from '@gatehouse/snapshot';
import type { RoutingTable } from './routing-table/routing-table.js';

/** Most characters of a request target. Source: AWS's quota of 10,240 bytes. */
export const MAX_TARGET_LENGTH = 10_240;

const HEALTHY = Buffer.from('healthy');

const targetTooLong = gatewayError('DEFAULT_4XX', 'request target too long', { status: 414, message: 'Request-URI Too Long' });
const notReady = gatewayError('DEFAULT_5XX', 'no configuration yet', {
  status: 503,
  errorType: 'ServiceUnavailableException',
  message: 'Service Unavailable',
});

/** What a gateway does with a request before its API is known. */
export class RequestHandler {
  constructor(
    private readonly table: Pick<RoutingTable, 'resolve' | 'domainOf'>,
    /** Whether a complete configuration is served: until then nothing can be called unknown. */
    private readonly isReady: () => boolean,
    /** Which tokens for explanations are the control plane's. */
    private readonly keys: readonly DataPlaneKey[] = [],
  ) {}

  handle(request: GatewayRequest, responder: Responder): Exchange {
    const exchange = new Exchange(request, responder);
    this.dispatch(exchange);
    return exchange;
  }

  private dispatch(exchange: Exchange): void {
    const { rawTarget, target, host } = exchange.request;
    if (rawTarget.length > MAX_TARGET_LENGTH) return exchange.fail(targetTooLong);
    if (target === null) return exchange.fail(ERRORS.badRequest);
    // Reserved by AWS at the root of every host.
    if (target.path === '/ping' || target.path === '/sping') return answerHealth(exchange);
    const found = this.table.resolve(host, target.path);
    if (found === undefined) return this.refuse(exchange, host, target.path);
    if (found.basePath !== null) {
      exchange.domainName = host;
      exchange.basePath = found.basePath;
    }
    if (exchange.explainToken !== undefined) beginExplanation(exchange, found.stage, this.keys);
    serve(exchange, found.stage, found.pathStart);
  }

  private refuse(exchange: Exchange, host: string, path: string): void {
    const domain = this.table.domainOf(host);
    if (domain !== undefined) exchange.domainName = host;
    exchange.fail(domain?.refusal(path) ?? (this.isReady() ? ERRORS.forbidden : notReady));
  }
}

function answerHealth(exchange: Exchange): void {
  const headers = [
    'Content-Type',
    'text/plain',
    'x-amzn-RequestId',
    exchange.requestId,
    'x-amz-apigw-id',
    exchange.extendedRequestId,
  ];
  exchange.respond({ status: 200, headers, body: HEALTHY, length: HEALTHY.length });
}
