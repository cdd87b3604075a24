import { Wire } from '@gatehouse/http1';
import { createServer, type Server, type Socket } from 'node:net';
import { canonicalAddress } from './client-address/ip-address.js';
import type { ClientConnection, ClientLimits, ConnectionHost, Peer } from './connection-host.js';
import { Http1Connection } from './http1/http1-connection.js';

/** How often connections look for deadlines that have passed, in milliseconds. */
const TICK = 500;

export interface ClientServerOptions extends Pick<ConnectionHost, 'handle' | 'finished'> {
  readonly limits: ClientLimits;
}

/** What came to a server of clients since it began. */
export interface ClientCounts {
  /** Open now. */
  readonly connections: number;
  /** Closed at once, because there were too many. */
  readonly refusedConnections: number;
  /** By the status with which messages were refused that did not become requests. */
  readonly refusedMessages: ReadonlyMap<number, number>;
}

/**
 * Serves the connections of clients, wherever they were accepted. Limits of connections hold for this process: with several workers, a client can
 * have so many in each.
 */
export class ClientServer implements ConnectionHost {
  readonly limits: ClientLimits;
  readonly handle: ConnectionHost['handle'];
  readonly finished: ConnectionHost['finished'];
  draining = false;
  now = performance.now();
  private readonly connections = new Set<ClientConnection>();
  private readonly byAddress = new Map<string, number>();
  private refusedConnections = 0;
  private readonly refusedMessages = new Map<number, number>();
  private readonly clock: NodeJS.Timeout;
  private readonly emptied: (() => void)[] = [];

  constructor({ limits, handle, finished }: ClientServerOptions) {
    this.limits = limits;
    this.handle = handle;
    this.finished = finished;
    // What has arrived is read before anyone is judged for not having sent it, even when the process was held up.
    this.clock = setInterval(() => setImmediate(() => this.tick()), TICK).unref();
  }

  private tick(): void {
    this.now = performance.now();
    for (const connection of this.connections) connection.checkDeadlines(this.now);
  }

  /** A server whose connections are served here; it does not listen yet. */
  acceptor(): Server {
    return createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => this.accept(socket));
  }

  /** Takes a socket that was accepted by a server like that of `acceptor`. */
  accept(socket: Socket): void {
    const address = canonicalAddress(socket.remoteAddress ?? '');
    // Gone before it was looked at.
    if (address === null) return void socket.destroy();
    const peer: Peer = { address, localPort: socket.localPort ?? 0, secure: false };
    if (this.admits(address)) this.add(new Http1Connection((listener) => Wire.accepted(socket, listener), peer, this));
    else socket.resetAndDestroy();
  }

  /** Whether one more connection from `address` is within the limits; one that is not is counted. */
  private admits(address: string): boolean {
    const { connections, connectionsPerAddress } = this.limits;
    if (this.connections.size < connections && (this.byAddress.get(address) ?? 0) < connectionsPerAddress) return true;
    this.refusedConnections++;
    return false;
  }

  private add(connection: ClientConnection): void {
    const { address } = connection.peer;
    this.connections.add(connection);
    this.byAddress.set(address, (this.byAddress.get(address) ?? 0) + 1);
    if (this.draining) connection.drain();
  }

  closed(connection: ClientConnection): void {
    if (!this.connections.delete(connection)) return;
    const { address } = connection.peer;
    const left = (this.byAddress.get(address) as number) - 1;
    if (left > 0) this.byAddress.set(address, left);
    else this.byAddress.delete(address);
    if (this.connections.size === 0) for (const resolve of this.emptied.splice(0)) resolve();
  }

  refused(status: number): void {
    this.refusedMessages.set(status, (this.refusedMessages.get(status) ?? 0) + 1);
  }

  get counts(): ClientCounts {
    const { connections, refusedConnections, refusedMessages } = this;
    return { connections: connections.size, refusedConnections, refusedMessages };
  }

  /**
   * Lets requests under way end, closes their connections and those that carry none, and cuts off what is left after `milliseconds`. Connections that
   * are still accepted meanwhile are served one request.
   */
  async drain(milliseconds: number): Promise<void> {
    this.draining = true;
    for (const connection of this.connections) connection.drain();
    if (this.connections.size > 0) {
      const deadline = setTimeout(() => this.destroy(), milliseconds);
      await new Promise<void>((resolve) => this.emptied.push(resolve));
      clearTimeout(deadline);
    }
    clearInterval(this.clock);
  }

  /** Cuts off every connection. */
  destroy(): void {
    for (const connection of this.connections) connection.destroy();
  }
}
