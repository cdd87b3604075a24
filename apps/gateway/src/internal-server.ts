import type { Readiness } from '@gatehouse/publication';
import { TEST_INVOCATION_PATH, type TestOutcome } from '@gatehouse/snapshot';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { listen } from './listen.js';
import { report } from './report.js';
import { RefusedCall } from './test-invocations/signed-body.js';

export interface InternalSources {
  readiness(): Readiness;
  /** True from the first signal to end on: no new requests are wanted. */
  draining(): boolean;
  /** At least one worker gives signs of life. */
  answers(): boolean;
  /** What comes of a test that the control plane asks for. Throws `RefusedCall`. */
  test(request: IncomingMessage): Promise<TestOutcome>;
  metrics(): { contentType: string; text: AsyncIterable<string> };
}

/**
 * Health and metrics, for the platform only: `/livez` (this process turns, and a worker does), `/readyz` (a complete configuration is served; says from where and how
 * old), `/metrics`; and, for the control plane, `POST /test-invocations`, signed.
 */
export class InternalServer {
  private readonly server: Server;

  constructor(private readonly sources: InternalSources) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  /** Throws a `StartupError` when the address cannot be had. */
  async listen(host: string, port: number): Promise<AddressInfo> {
    return listen(this.server, host, port, 'GATEHOUSE_INTERNAL');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path === TEST_INVOCATION_PATH && request.method === 'POST') return this.test(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', 'Method Not Allowed\n');
    switch (path) {
      case '/livez':
        if (!this.sources.answers()) return send(response, 503, 'text/plain', 'no worker answers\n');
        return send(response, 200, 'text/plain', 'ok\n');
      case '/readyz': {
        const draining = this.sources.draining();
        const readiness = this.sources.readiness();
        const ready = readiness.ready && !draining;
        return send(response, ready ? 200 : 503, 'application/json', `${JSON.stringify({ ...readiness, ready, draining })}\n`);
      }
      case '/metrics': {
        const { contentType, text } = this.sources.metrics();
        response.writeHead(200, { 'Content-Type': contentType });
        return pipeline(text, response);
      }
      default:
        return send(response, 404, 'text/plain', 'Not Found\n');
    }
  }

  private async test(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      send(response, 200, 'application/json', JSON.stringify(await this.sources.test(request)));
    } catch (error) {
      if (!(error instanceof RefusedCall)) report('test invocation', error as Error);
      const [status, message] = error instanceof RefusedCall ? [error.status, error.message] : [503, 'it could not be run'];
      // What is left of the call is not read.
      response.setHeader('Connection', 'close');
      send(response, status, 'text/plain', `${message}\n`);
    }
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
