import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** What a backend was asked. */
export interface ReceivedRequest {
  method: string;
  url: string;
  /** Name, value, name, value ... as on the wire. */
  headers: string[];
  /** Value of the first header of that name in any case. */
  header(name: string): string | undefined;
  body: string;
  /** The body as it came, byte for byte. */
  bytes: Buffer;
}

export interface TestBackend {
  /** `http://127.0.0.1:{port}` */
  url: string;
  port: number;
  close(): Promise<void>;
}

export interface HttpBackend extends TestBackend {
  /** Requests whose body was complete, oldest first. */
  readonly received: ReceivedRequest[];
}

/** A backend over node:http on a free port; answers when the request's body is complete. */
export async function httpBackend(
  answer: (response: http.ServerResponse, request: ReceivedRequest) => void = (response) => response.end('ok'),
): Promise<HttpBackend> {
  const received: ReceivedRequest[] = [];
  const server = http.createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const request: ReceivedRequest = {
        method: message.method ?? '',
        url: message.url ?? '',
        headers: message.rawHeaders,
        header: (name) => {
          const lower = name.toLowerCase();
          const place = message.rawHeaders.findIndex((given, index) => index % 2 === 0 && given.toLowerCase() === lower);
          return place < 0 ? undefined : message.rawHeaders[place + 1];
        },
        body: bytes.toString('utf8'),
        bytes,
      };
      received.push(request);
      answer(response, request);
    });
    message.on('error', () => undefined);
  });
  return { received, ...(await listening(server)) };
}

/** A backend of bare sockets on a free port, for answers that no HTTP server would give. Told of each connection. */
export async function socketBackend(connected: (socket: net.Socket) => void): Promise<TestBackend> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    connected(socket);
  });
  return listening(server);
}

async function listening(server: net.Server): Promise<TestBackend> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
