import { Exchange, type BodySink, type BodyStream } from '@gatehouse/pipeline';
import type { AddressInfo } from 'node:net';
import { RawClient } from '../../raw-client.fixture.js';
import { ClientServer, type ClientServerOptions } from '../client-server.js';
import type { ClientLimits, Outcome } from '../connection-host.js';
import type { TlsServer } from '../tls/tls-server.js';

export const LIMITS: ClientLimits = {
  maxHeaderBytes: 16_384,
  maxHeaders: 100,
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  keepAlive: 10_000,
  writeTimeout: 10_000,
  connections: 100,
  connectionsPerAddress: 100,
};

/** A server of clients whose requests are answered by a spec. */
export class ScriptedServer {
  readonly exchanges: Exchange[] = [];
  readonly outcomes: Outcome[] = [];
  private readonly acceptor;
  private readonly clients: RawClient[] = [];

  private constructor(
    readonly server: ClientServer,
    tls: TlsServer | null,
  ) {
    this.acceptor = server.acceptor(tls);
  }

  /** @param act is given each request when its head has come */
  static async start(
    act: (exchange: Exchange) => void,
    limits: Partial<ClientLimits> = {},
    { tls = null, ...options }: Partial<ClientServerOptions> & { tls?: TlsServer | null } = {},
  ): Promise<ScriptedServer> {
    const server = new ClientServer({
      ...options,
      limits: { ...LIMITS, ...limits },
      handle(request, responder) {
        const exchange = new Exchange(request, responder);
        scripted.exchanges.push(exchange);
        act(exchange);
        return exchange;
      },
      finished: (outcome) => void scripted.outcomes.push(outcome),
    });
    const scripted = new ScriptedServer(server, tls);
    await new Promise<void>((resolve) => scripted.acceptor.listen(0, '127.0.0.1', resolve));
    return scripted;
  }

  get port(): number {
    return (this.acceptor.address() as AddressInfo).port;
  }

  client(options: { allowHalfOpen?: boolean } = {}): RawClient {
    const client = new RawClient(this.port, options);
    this.clients.push(client);
    return client;
  }

  /** Sends bytes on a new connection, and takes everything until it ends. */
  exchange(text: string): Promise<{ text: string; reset: boolean }> {
    return this.client().send(text).closed();
  }

  async outcome(nth: number): Promise<Outcome> {
    await until(() => this.outcomes.length > nth);
    return this.outcomes[nth] as Outcome;
  }

  async drain(milliseconds: number): Promise<void> {
    this.acceptor.close();
    await this.server.drain(milliseconds);
  }

  async close(): Promise<void> {
    for (const { socket } of this.clients) socket.destroy();
    await this.drain(0);
  }
}

/** A body that a spec feeds. */
export class FedStream implements BodyStream {
  sink: BodySink | null = null;
  pauses = 0;
  resumes = 0;
  destroyed = false;
  start(sink: BodySink): void {
    this.sink = sink;
  }
  pause(): void {
    this.pauses++;
  }
  resume(): void {
    this.resumes++;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

/** Takes a request's body; what it takes is kept as text. */
export class Taker implements BodySink {
  text = '';
  state: 'open' | 'ended' | Error = 'open';
  readonly stream: BodyStream;

  constructor(exchange: Exchange, limit = 1_000_000) {
    this.stream = exchange.request.body.stream(limit);
  }
  start(): this {
    this.stream.start(this);
    return this;
  }
  data(chunk: Buffer): void {
    this.text += chunk.toString('latin1');
  }
  end(): void {
    this.state = 'ended';
  }
  fail(error: Error): void {
    this.state = error;
  }
}

/** Resolves when `reached` holds; the test's own time limit is the end of patience. */
export async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Answers `text` with its length. */
export function answer(exchange: Exchange, text: string, status = 200): void {
  const body = Buffer.from(text);
  exchange.respond({ status, headers: [], body, length: body.length });
}
