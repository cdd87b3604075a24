import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server that answers every request with what it received. */
export interface ExampleBackend {
  port: number;
  server: Server;
}

// The backend prints what it is sent; a caller's secrets have no business in that.
const SECRET_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'x-amz-security-token']);
const LONGEST_BODY = 64 * 1024;

/**
 * Starts the backend of the example API on the loopback address: JSON with method, path, headers (without secrets) and body.
 * @param preferredPort used when it is free, so that the port stays the same over restarts
 */
export async function startExampleBackend(preferredPort = 0): Promise<ExampleBackend> {
  const server = createServer((request, response) => {
    void readBody(request).then(
      (body) => {
        const answer = {
          message: 'Hello from the example backend',
          method: request.method,
          path: request.url,
          headers: shownHeaders(request),
          body,
        };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer, null, 2) + '\n');
      },
      () => response.destroy(),
    );
  });
  await listen(server, preferredPort).catch(() => listen(server, 0));
  return { port: (server.address() as AddressInfo).port, server };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function shownHeaders(request: IncomingMessage): Record<string, unknown> {
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => !SECRET_HEADERS.has(name)));
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  if (length > LONGEST_BODY) return `(${length} bytes)`;
  return length === 0 ? undefined : Buffer.concat(chunks).toString('utf8');
}
