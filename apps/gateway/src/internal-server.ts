import type { Readiness } from '@gatehouse/publication';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { listen } from './listen.js';

export interface InternalSources {
  readiness(): Readiness;
  /** True from the first signal to end on: no new requests are wanted. */
  draining(): boolean;
  /** At least one worker gives signs of life. */
  answers(): boolean;
  metrics(): { contentType: string; text: AsyncIterable<string> };
}

/**
 * Health and metrics, for the platform only: `/livez` (this process turns, and a worker does), `/readyz` (a complete configuration is served; says from where and how
 * old), `/metrics`.
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

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
