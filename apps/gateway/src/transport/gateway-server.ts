import {
  answerError,
  ERRORS,
  gatewayError,
  newExtendedRequestId,
  newRequestId,
  type Exchange,
  type GatewayError,
  type GatewayRequest,
  type Responder,
} from '@gatehouse/pipeline';
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { listen } from '../listen.js';
import { NodeExchange, type ExchangeHost } from './node-exchange.js';

/** Times in seconds. */
export interface TransportLimits {
  maxHeaderBytes: number;
  headersTimeout: number;
  requestTimeout: number;
  keepAlive: number;
  writeTimeout: number;
}

export interface ServerOptions {
  limits: TransportLimits;
  /** Takes a request; what it ends with goes to the responder. */
  handle(request: GatewayRequest, responder: Responder): Exchange;
  /** Called for each request when its connection is done with it. */
  finished(outcome: Outcome): void;
}

/** How one request ended. */
export interface Outcome {
  readonly exchange: Exchange;
  /** Bytes of the answer's body. */
  readonly bytesSent: number;
  /** The client left before it had the whole answer, or the answer broke off. */
  readonly aborted: boolean;
}

/** How often node:http looks for connections that are too slow, in milliseconds. */
const SLOWNESS_CHECK = 1_000;

/** What node:http calls the requests that it refuses for another reason than being malformed. */
const REFUSALS = new Map<string | undefined, GatewayError>([
  [
    'HPE_HEADER_OVERFLOW',
    gatewayError('DEFAULT_4XX', 'head too large', { status: 431, message: 'Request Header Fields Too Large' }),
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', gatewayError('DEFAULT_4XX', 'request too slow', { status: 408, message: 'Request Timeout' })],
]);

/** HTTP/1.1 over node:http, strict in what it takes; speaks to the pipeline in the pipeline's own types. */
export class GatewayServer implements ExchangeHost {
  draining = false;
  readonly writeTimeout: number;
  private readonly server: Server;
  /** Exchanges of each connection that are not over; several where a client sends requests ahead. */
  private readonly underWay = new WeakMap<Duplex, Set<NodeExchange>>();

  constructor(private readonly options: ServerOptions) {
    const { limits } = options;
    this.writeTimeout = limits.writeTimeout * 1000;
    this.server = createServer({
      insecureHTTPParser: false,
      requireHostHeader: true,
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeout * 1000,
      requestTimeout: limits.requestTimeout * 1000,
      keepAliveTimeout: limits.keepAlive * 1000,
      connectionsCheckingInterval: SLOWNESS_CHECK,
      noDelay: true,
    });
    // Bounded by the size of the head; a count would make node:http drop headers silently.
    this.server.maxHeadersCount = 0;
    this.server.on('request', (message, response) => this.take(message, response, false));
    this.server.on('checkContinue', (message, response) => this.take(message, response, true));
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => this.refuse(error, socket));
    this.server.on('connect', (_message, socket: Duplex) => end(socket, ERRORS.badRequest));
  }

  /** Throws a `StartupError` when the address cannot be had. */
  async listen(host: string, port: number): Promise<AddressInfo> {
    return listen(this.server, host, port, 'GATEHOUSE_GATEWAY');
  }

  private take(message: IncomingMessage, response: ServerResponse, expectsContinue: boolean): void {
    const request = new NodeExchange(message, response, this, expectsContinue);
    const { socket } = message;
    const underWay = this.underWay.get(socket) ?? new Set();
    this.underWay.set(socket, underWay.add(request));
    const exchange = this.options.handle(request, request);
    response.on('close', () => {
      underWay.delete(request);
      const aborted = request.closed();
      this.options.finished({ exchange, bytesSent: request.bytesSent, aborted });
      if (this.draining) setImmediate(() => this.server.closeIdleConnections());
    });
  }

  /**
   * What is no HTTP/1.1 request is answered and its connection closed. Where an answer is on its way already, nothing may be written into it:
   * the connection is only closed.
   */
  private refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
    const underWay = [...(this.underWay.get(socket) ?? [])];
    const answerable = socket.writable && error.code !== 'ECONNRESET' && !underWay.some((exchange) => exchange.begun);
    for (const exchange of underWay) exchange.abandon();
    if (!answerable) socket.destroy();
    else end(socket, REFUSALS.get(error.code) ?? ERRORS.badRequest);
  }

  /** Takes no more connections, lets requests in flight end, and cuts off those that have not after `seconds`. */
  async drain(seconds: number): Promise<void> {
    this.draining = true;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    const deadline = setTimeout(() => this.server.closeAllConnections(), seconds * 1000);
    await closed;
    clearTimeout(deadline);
  }
}

function end(socket: Duplex, error: GatewayError): void {
  const { status, headers } = answerError(error, newRequestId(), newExtendedRequestId());
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: ${error.body.length}\r\n`;
  for (let i = 0; i < headers.length; i += 2) head += `${headers[i]}: ${headers[i + 1]}\r\n`;
  socket.end(Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), error.body]), () => socket.destroy());
}
