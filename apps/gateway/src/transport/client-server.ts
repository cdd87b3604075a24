import { Wire } from '@gatehouse/http1';
import type { TlsSession } from '@gatehouse/pipeline';
import { createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Arrival } from './arrival.js';
import type { AddressRanges } from './client-address/address-ranges.js';
import { peerAddress } from './client-address/ip-address.js';
import { readProxyHeaderOf } from './client-address/read-proxy-header.js';
import type { TrustedProxies } from './client-address/trusted-proxies.js';
import { TICK } from './clock.js';
import type { ClientConnection, ClientLimits, ConnectionHost, Peer } from './connection-host.js';
import { Http1Connection } from './http1/http1-connection.js';
import { Http2Connection } from './http2/http2-connection.js';
import type { TlsServer } from './tls/tls-server.js';

/** Options of servers whose sockets a `ClientServer` takes. */
export const ACCEPTED = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true };

export interface ClientServerOptions extends Pick<ConnectionHost, 'handle' | 'finished'> {
  readonly limits: ClientLimits;
  /** Peers whose connections begin with a header of the PROXY protocol; nobody else's may. */
  readonly proxyProtocol?: AddressRanges | null;
  readonly trustedProxies?: TrustedProxies | null;
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
  readonly trustedProxies: TrustedProxies | null;
  draining = false;
  now = performance.now();
  /** When it moved last. */
  private movedAt = this.now;
  private readonly proxyProtocol: AddressRanges | null;
  private readonly connections = new Set<ClientConnection>();
  private readonly byAddress = new Map<string, number>();
  private refusedConnections = 0;
  private readonly refusedMessages = new Map<number, number>();
  private readonly clock: NodeJS.Timeout;
  private readonly emptied: (() => void)[] = [];

  constructor({ limits, handle, finished, proxyProtocol = null, trustedProxies = null }: ClientServerOptions) {
    this.limits = limits;
    this.handle = handle;
    this.finished = finished;
    this.proxyProtocol = proxyProtocol;
    this.trustedProxies = trustedProxies;
    // What has arrived is read before anyone is judged for not having sent it, even when the process was held up.
    this.clock = setInterval(() => setImmediate(() => this.tick()), TICK).unref();
  }

  private tick(): void {
    const time = performance.now();
    // While the process was held up nobody was heard: that time goes for no deadline.
    this.now += Math.min(time - this.movedAt, TICK);
    this.movedAt = time;
    for (const connection of this.connections) connection.checkDeadlines(this.now);
  }

  /** A server whose connections are served here, over TLS where `tls` is given; it does not listen yet. */
  acceptor(tls: TlsServer | null = null): Server {
    return createServer(ACCEPTED, (socket) => this.accept(socket, tls));
  }

  /** Takes a socket that a server with `ACCEPTED` has accepted. */
  accept(socket: Socket, tls: TlsServer | null = null): void {
    const address = peerAddress(socket);
    // Gone before it was looked at.
    if (address === null) return void socket.destroy();
    const peer: Peer = { address, localPort: socket.localPort ?? 0, secure: tls !== null };
    const isProxy = this.proxyProtocol?.contains(address) === true;
    if (this.connections.size >= this.limits.connections || (!isProxy && !this.admits(address))) this.turnAway(socket);
    else if (isProxy) this.takeProxied(socket, peer, tls);
    else this.take(socket, peer, tls);
  }

  /** Takes a connection whose peer speaks for a client, which then stands in its place. */
  private takeProxied(socket: Socket, peer: Peer, tls: TlsServer | null): void {
    const arrival = this.arrive(socket, peer);
    readProxyHeaderOf(socket, ({ connection }, rest) => {
      const client =
        connection === null ? peer : { ...peer, address: connection.source.address, localPort: connection.destination.port };
      if (this.admits(client.address)) this.take(socket, client, tls, rest);
      else this.turnAway(socket);
      this.closed(arrival);
    });
  }

  /** @param rest what was read of the socket already */
  private take(socket: Socket, peer: Peer, tls: TlsServer | null, rest: Buffer | null = null): void {
    if (tls === null) {
      const connection = new Http1Connection((listener) => Wire.accepted(socket, listener), peer, this);
      this.add(connection);
      if (rest !== null && rest.length > 0) connection.received(rest);
      return;
    }
    if (rest !== null && rest.length > 0) socket.unshift(rest);
    const arrival = this.arrive(socket, peer);
    tls.secure(socket, (secured) => {
      this.add(this.speak(secured, { ...peer, tls: agreedOn(secured) }));
      this.closed(arrival);
    });
  }

  private speak(secured: TLSSocket, peer: Peer): ClientConnection {
    if (secured.alpnProtocol === 'h2') return new Http2Connection(secured, peer, this);
    return new Http1Connection((listener) => Wire.over(secured, listener), peer, this);
  }

  private arrive(socket: Socket, peer: Peer): Arrival {
    const arrival = new Arrival(socket, peer);
    this.add(arrival);
    socket.once('close', () => this.closed(arrival));
    return arrival;
  }

  /** Whether one more connection from `address` is within its limit. */
  private admits(address: string): boolean {
    return (this.byAddress.get(address) ?? 0) < this.limits.connectionsPerAddress;
  }

  private turnAway(socket: Socket): void {
    this.refusedConnections++;
    socket.resetAndDestroy();
  }

  private add(connection: ClientConnection): void {
    this.connections.add(connection);
    this.count(connection.peer, 1);
    if (this.draining) connection.drain();
  }

  closed(connection: ClientConnection): void {
    if (!this.connections.delete(connection)) return;
    this.count(connection.peer, -1);
    if (this.connections.size === 0) for (const resolve of this.emptied.splice(0)) resolve();
  }

  private count({ address }: Peer, change: 1 | -1): void {
    const now = (this.byAddress.get(address) ?? 0) + change;
    if (now > 0) this.byAddress.set(address, now);
    else this.byAddress.delete(address);
  }

  carriesMore(peer: Peer): boolean {
    if (!this.admits(peer.address)) return false;
    this.count(peer, 1);
    return true;
  }

  carriesLess(peer: Peer): void {
    this.count(peer, -1);
  }

  refused(status: number): void {
    this.refusedMessages.set(status, (this.refusedMessages.get(status) ?? 0) + 1);
  }

  get counts(): ClientCounts {
    const { connections, refusedConnections, refusedMessages } = this;
    return { connections: connections.size, refusedConnections, refusedMessages };
  }

  /** From now on each answer closes its connection, and what is accepted is served one request. */
  leave(): void {
    this.draining = true;
  }

  /**
   * Lets requests under way end, closes their connections and those that carry none, and cuts off what is left after `milliseconds`. Connections that
   * are still accepted meanwhile are served one request.
   */
  async drain(milliseconds: number): Promise<void> {
    this.leave();
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

function agreedOn(secured: TLSSocket): TlsSession {
  return { version: secured.getProtocol() ?? '', cipherSuite: secured.getCipher().name };
}
