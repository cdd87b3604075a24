import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One request as it came over the wire, one character a byte. */
export interface RecordedRequest {
  readonly method: string;
  readonly target: string;
  /** Name, value, name, value ... */
  readonly headers: readonly string[];
  /** Without its chunks. */
  readonly body: string;
  /** Lines behind the last chunk. */
  readonly trailers: readonly string[];
}

export interface RecordedConnection {
  readonly socket: Socket;
  /** Those that came whole. */
  readonly requests: RecordedRequest[];
  /** What came of one that is not whole. */
  partial: string;
}

export type Answering = (request: RecordedRequest, connection: RecordedConnection) => void;

/** Says what it was asked, so that everybody can tell whether an answer is his own. */
export const echo: Answering = ({ method, target }, { socket }) => {
  const text = `${method} ${target}`;
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\n\r\n`;
  socket.write(method === 'HEAD' ? head : head + text, 'latin1');
};

/**
 * A backend of bare sockets that records what comes, and answers as it is told. It knows the one form in which requests may reach a backend and takes
 * everything else for garbage, so that what two servers could read in two ways shows.
 */
export class RecordingBackend {
  /** Requests that came whole, oldest first, until somebody empties it. */
  readonly requests: RecordedRequest[] = [];
  readonly connections: RecordedConnection[] = [];
  /** What was no request. */
  readonly garbage: string[] = [];
  answer: Answering = echo;
  /** Told of each connection that is made. */
  accepted: (connection: RecordedConnection) => void = () => undefined;
  /** Told of a connection whenever bytes came that are not a whole request yet. */
  arrived: (connection: RecordedConnection) => void = () => undefined;
  /** False: requests are answered and forgotten. */
  recording = true;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<RecordingBackend> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const backend = new RecordingBackend(server);
    server.on('connection', (socket) => backend.connected(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return backend;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Connections that are open. */
  get open(): RecordedConnection[] {
    return this.connections.filter(({ socket }) => !socket.destroyed);
  }

  private connected(socket: Socket): void {
    const connection: RecordedConnection = { socket, requests: [], partial: '' };
    this.connections.push(connection);
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      if (!this.recording) this.connections.splice(this.connections.indexOf(connection), 1);
    });
    this.accepted(connection);
    socket.on('data', (chunk) => {
      connection.partial += chunk.toString('latin1');
      this.read(connection);
    });
  }

  private read(connection: RecordedConnection): void {
    try {
      for (;;) {
        const read = readRequest(connection.partial);
        if (read === null) return connection.partial === '' ? undefined : this.arrived(connection);
        connection.partial = connection.partial.slice(read.end);
        if (this.recording) {
          connection.requests.push(read.request);
          this.requests.push(read.request);
        }
        this.answer(read.request, connection);
      }
    } catch (error) {
      if (!(error instanceof Garbage)) throw error;
      this.garbage.push(`${error.message}: ${connection.partial.slice(0, 500)}`);
      connection.socket.destroy();
    }
  }

  async stop(): Promise<void> {
    for (const { socket } of this.connections) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

class Garbage extends Error {}

/** The first request of a text; null when it is not whole. */
function readRequest(text: string): { request: RecordedRequest; end: number } | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [requestLine = '', ...lines] = text.slice(0, headEnd).split('\r\n');
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(requestLine) ?? [];
  if (method === undefined || target === undefined) throw new Garbage('request line');
  const headers = lines.flatMap(readField);
  const framing = headers.filter((_, i) => i % 2 === 0 && /^(?:content-length|transfer-encoding)$/i.test(headers[i] as string));
  if (framing.length > 1) throw new Garbage('framing');
  const body = readBody(text, headEnd + 4, headers);
  if (body === null) return null;
  return { request: { method, target, headers, body: body.text, trailers: body.trailers }, end: body.end };
}

function readField(line: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Garbage('header');
  return [name, value];
}

interface ReadBody {
  readonly text: string;
  readonly trailers: string[];
  readonly end: number;
}

function readBody(text: string, start: number, headers: readonly string[]): ReadBody | null {
  const coding = valueOf(headers, 'transfer-encoding');
  if (coding === 'chunked') return readChunks(text, start);
  if (coding !== undefined) throw new Garbage('transfer coding');
  const length = valueOf(headers, 'content-length') ?? '0';
  if (!/^(?:0|[1-9]\d*)$/.test(length)) throw new Garbage('length');
  const end = start + Number(length);
  return text.length < end ? null : { text: text.slice(start, end), trailers: [], end };
}

function readChunks(text: string, start: number): ReadBody | null {
  const parts: string[] = [];
  for (let at = start; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const digits = text.slice(at, lineEnd);
    if (!/^[0-9a-f]{1,8}$/.test(digits)) throw new Garbage('chunk size');
    const size = Number.parseInt(digits, 16);
    at = lineEnd + 2;
    if (size === 0) return readTrailers(text, at, parts.join(''));
    if (text.length < at + size + 2) return null;
    if (text.slice(at + size, at + size + 2) !== '\r\n') throw new Garbage('chunk end');
    parts.push(text.slice(at, at + size));
    at += size + 2;
  }
}

function readTrailers(text: string, start: number, body: string): ReadBody | null {
  const trailers: string[] = [];
  for (let at = start; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    if (lineEnd === at) return { text: body, trailers, end: at + 2 };
    trailers.push(text.slice(at, lineEnd));
    at = lineEnd + 2;
  }
}

/** The first value of a header, its name in lower case; undefined without one. */
export function valueOf(headers: readonly string[], name: string): string | undefined {
  return valuesOf(headers, name)[0];
}

/** All values of a header, its name in lower case. */
export function valuesOf(headers: readonly string[], name: string): string[] {
  return headers.filter((_, i) => i % 2 === 1 && (headers[i - 1] as string).toLowerCase() === name);
}

/** The values under each of these names, in whatever spelling. */
export function toldUnder(headers: readonly string[], names: readonly string[]): Record<string, string[]> {
  const alike = (name: string) =>
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  return Object.fromEntries(
    names.map((name) => [name, headers.filter((_, i) => i % 2 === 1 && alike(headers[i - 1] as string) === name)]),
  );
}
