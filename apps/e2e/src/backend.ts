import { once } from 'node:events';
import http from 'node:http';

export interface Backend {
  url: string;
  /** What arrived, newest last. */
  requests: { method: string; url: string; headers: http.IncomingHttpHeaders; rawHeaders: string[]; body: string }[];
  stop(): Promise<void>;
}

/** A real local HTTP server that answers 200 with what it was asked, or whatever `handle` does. */
export async function startBackend(
  handle: (request: http.IncomingMessage, body: string, response: http.ServerResponse) => void = (request, body, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method: request.method, url: request.url, body }));
  },
): Promise<Backend> {
  const requests: Backend['requests'] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body,
      });
      if (requests.length > 1000) requests.shift();
      handle(request, body, response);
    });
  });
  server.keepAliveTimeout = 30_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
