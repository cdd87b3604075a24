import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer, type SecureContext, type Server, type TLSSocket } from 'node:tls';
import { TLS_POLICY } from './tls-policy.js';

/** A certificate chain and its key, in PEM. */
export interface CertificateAndKey {
  readonly cert: string;
  readonly key: string;
}

/** What a server shows to a client that asks for a name. */
export interface Certificates {
  find(serverName: string): SecureContext | undefined;
}

/** Bytes of the keys with which session tickets are sealed. */
export const TICKET_KEY_BYTES = 48;
/** Seconds for which a session may be taken up again by its ticket; the keys change only a little less often. */
const SESSION_SECONDS = 7_200;
/** The same in all workers, so that each takes up what another began. */
const SESSION_CONTEXT = 'gatehouse';

/** Fatal alert `unrecognized_name` (RFC 6066, 3), as a record of the time before keys are agreed. Node has no way to make OpenSSL send it. */
const UNRECOGNIZED_NAME = Buffer.from([21, 3, 3, 0, 2, 2, 112]);

/** How Node keeps the socket that a `TLSSocket` was made over. */
interface OverSocket {
  readonly _parent?: Socket;
}

/**
 * The server's side of TLS over sockets that someone else accepts: by the name that a client asks for it shows a certificate of the store, else the
 * default one. Without either, the handshake is refused. Everything can be exchanged at any time; connections keep what they began with.
 *
 * A session that is taken up again by its ticket is not asked for its name a second time. Which name was asked for decides nothing but the
 * certificate: routing goes by the Host of each request.
 */
export class TlsServer {
  private readonly server: Server;
  private readonly waiting = new WeakMap<Socket, (secured: TLSSocket) => void>();
  private default: CertificateAndKey | null = null;
  private ticketKeys: Buffer = randomBytes(TICKET_KEY_BYTES);

  /** @param handshakeTimeout milliseconds, after which a connection is closed */
  constructor(certificates: Certificates, handshakeTimeout: number) {
    // It never listens: connections are given to it.
    this.server = createServer({
      ...this.contextOptions(),
      handshakeTimeout,
      ALPNProtocols: ['h2', 'http/1.1'],
      SNICallback: chooseBy(certificates, () => this.default !== null),
    });
    this.server.on('secureConnection', (secured) => this.secured(secured));
    // Whoever fails a handshake has heard why from OpenSSL.
    this.server.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  private contextOptions() {
    const { ticketKeys } = this;
    return { ...TLS_POLICY, ...this.default, ticketKeys, sessionIdContext: SESSION_CONTEXT, sessionTimeout: SESSION_SECONDS };
  }

  /**
   * Makes a handshake with the client of a plain socket from which nothing has been read, or to which it was given back by `unshift`. `done` gets the
   * socket over it once keys are agreed. Where they are not, the plain socket is closed.
   */
  secure(socket: Socket, done: (secured: TLSSocket) => void): void {
    this.waiting.set(socket, done);
    // Half a connection cannot finish a handshake.
    socket.allowHalfOpen = false;
    this.server.emit('connection', socket);
  }

  private secured(secured: TLSSocket): void {
    const socket = (secured as OverSocket)._parent;
    const done = socket && this.waiting.get(socket);
    secured.allowHalfOpen = true;
    if (done) done(secured);
    else secured.destroy();
  }

  /** What is shown where the store has nothing; null for nothing. Throws where TLS does not take it: what was shown before stays. */
  showByDefault(certificate: CertificateAndKey | null): void {
    const before = this.default;
    this.default = certificate;
    try {
      this.server.setSecureContext(this.contextOptions());
    } catch (error) {
      this.default = before;
      throw error;
    }
  }

  /** Seals tickets with other keys from now on; those of before are not taken any more. */
  setTicketKeys(keys: Buffer): void {
    this.ticketKeys = keys;
    this.server.setTicketKeys(keys);
  }
}

function chooseBy(certificates: Certificates, hasDefault: () => boolean) {
  return function (this: unknown, serverName: string, choose: (error: Error | null, context?: SecureContext) => void): void {
    const context = certificates.find(serverName);
    if (context !== undefined || hasDefault()) return choose(null, context);
    (this as OverSocket)._parent?.write(UNRECOGNIZED_NAME);
    choose(new Error('no certificate for this name'));
  };
}
