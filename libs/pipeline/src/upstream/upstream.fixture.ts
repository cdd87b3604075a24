import { socketBackend, type TestBackend } from '@gatehouse/testing';
import type { Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import { Http1Upstream, type Http1UpstreamOptions } from './http1-upstream.js';
import { TargetGuard } from './target-guard.js';
import type { Upstream, UpstreamCall, UpstreamError, UpstreamListener, UpstreamRequest } from './upstream.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Has something closed after the spec; the last comes first. */
export function closeLater(close: () => unknown): void {
  closers.push(close);
}

/** An upstream that is closed after the spec, which shows that no call and no connection of it is left. */
export function upstreamWith(options: Partial<Http1UpstreamOptions> = {}): Http1Upstream {
  const upstream = new Http1Upstream({
    guard: new TargetGuard(),
    connectionsPerOrigin: 16,
    waitingPerOrigin: 1000,
    keepAliveTimeout: 60_000,
    connectTimeout: 2000,
    totalTimeout: 60_000,
    ...options,
  });
  closeLater(() => upstream.close());
  return upstream;
}

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** One connection, as a backend of a spec sees it. */
export interface BackendSocket {
  readonly socket: Socket;
  /** Everything that came, one character a byte. */
  text: string;
  /** Requests without a body that are complete. */
  requests: number;
}

export interface ScriptedBackend extends TestBackend {
  /** In the order in which they were made. */
  readonly connections: BackendSocket[];
  /** Heads of the requests, in the order in which they were complete. */
  readonly heads: string[];
  /** Connections that are open. */
  readonly open: number;
  /** Resolves when so many requests have come. */
  asked(count: number): Promise<void>;
}

/**
 * A backend of bare sockets. `answer` is called for each head that is complete, with the number of its request from 1 over all connections; a body is
 * taken for what it is only where `answer` looks at the connection's text.
 */
export async function scriptedBackend(
  answer: (connection: BackendSocket, number: number, head: string) => void = () => undefined,
): Promise<ScriptedBackend> {
  const connections: BackendSocket[] = [];
  const heads: string[] = [];
  let open = 0;
  const backend = await socketBackend((socket) => {
    const connection: BackendSocket = { socket, text: '', requests: 0 };
    connections.push(connection);
    open++;
    let at = 0;
    socket.on('close', () => open--);
    socket.on('data', (chunk: Buffer) => {
      connection.text += chunk.toString('latin1');
      for (;;) {
        const start = connection.text.slice(at).search(/[A-Z]+ \/\S* HTTP\/1\.1\r\n/);
        const end = start < 0 ? -1 : connection.text.indexOf('\r\n\r\n', at + start);
        if (end < 0) return;
        const head = connection.text.slice(at + start, end + 2);
        at = end + 4;
        connection.requests++;
        heads.push(head);
        answer(connection, heads.length, head);
      }
    });
  });
  closeLater(() => backend.close());
  return {
    ...backend,
    connections,
    heads,
    get open() {
      return open;
    },
    asked: (count) => until(() => heads.length >= count),
  };
}

/** Resolves when something has become true. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** What a listener was told. */
export interface Told {
  readonly call: UpstreamCall;
  status: number;
  headers: string[];
  length: number | null;
  readonly chunks: Buffer[];
  readonly body: string;
  sent: number;
  awaited: boolean[];
  ended: boolean;
  error: UpstreamError | null;
  /** Of the last thing it was told; resolves to `ended` or the failure. */
  readonly ending: Promise<string>;
}

export interface AskOptions extends Partial<UpstreamRequest> {
  origin: string;
  /** Called with each part of the answer's body, before it is kept. */
  onData?: (chunk: Buffer, call: UpstreamCall) => void;
  onAnswer?: (call: UpstreamCall) => void;
  onEnd?: () => void;
}

export function ask(upstream: Upstream, { onData, onAnswer, onEnd, ...options }: AskOptions): Told {
  let settle: (ending: string) => void = () => undefined;
  const chunks: Buffer[] = [];
  let call: UpstreamCall | null = null;
  const told = {
    ...{ status: 0, headers: [] as string[], length: null as number | null, chunks, sent: 0, awaited: [] as boolean[] },
    ...{ ended: false, error: null as UpstreamError | null },
    ending: new Promise<string>((resolve) => (settle = resolve)),
    get call() {
      return call as UpstreamCall;
    },
    get body() {
      return Buffer.concat(chunks).toString('latin1');
    },
  };
  const over = () => {
    if (told.ended || told.error !== null) throw new Error('told of something after the end');
  };
  const listener: UpstreamListener = {
    sent() {
      over();
      told.sent++;
    },
    bodyAwaited(awaited) {
      over();
      told.awaited.push(awaited);
    },
    answered(status, headers, length) {
      over();
      if (told.status !== 0) throw new Error('answered twice');
      Object.assign(told, { status, headers, length });
      onAnswer?.(told.call);
    },
    data(chunk) {
      over();
      onData?.(chunk, told.call);
      chunks.push(Buffer.from(chunk));
    },
    ended() {
      over();
      told.ended = true;
      onEnd?.();
      settle('ended');
    },
    failed(error) {
      over();
      told.error = error;
      settle(error.failure);
    },
  };
  call = upstream.send(
    {
      ...{ path: '/', method: 'GET', headers: [], lines: '', body: null, insecureSkipVerification: false },
      ...options,
      bodyLength: options.bodyLength === undefined ? (options.body ? null : 0) : options.bodyLength,
    },
    listener,
  );
  return told;
}

/** A body that a spec gives piece by piece. */
export class SpecBody implements BodyStream {
  sink: BodySink | null = null;
  paused = false;
  destroyed = false;

  /** @param ready what it gives as soon as it is started; ended with it where it says so */
  constructor(private readonly ready: { chunks?: readonly string[]; ended?: boolean; failed?: Error } = {}) {}

  start(sink: BodySink): void {
    this.sink = sink;
    for (const chunk of this.ready.chunks ?? []) this.give(chunk);
    if (this.ready.ended) sink.end();
    if (this.ready.failed) sink.fail(this.ready.failed);
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  destroy(): void {
    this.destroyed = true;
  }

  /** Lends a chunk: its memory is wiped when it was taken. */
  give(text: string): void {
    const chunk = Buffer.from(text, 'latin1');
    if (!this.destroyed) this.sink?.data(chunk);
    if (!this.paused) chunk.fill(0x21);
  }
}
