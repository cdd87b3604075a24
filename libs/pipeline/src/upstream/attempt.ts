import { Wire } from '@gatehouse/http1';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { ConnectError } from './connect-error.js';

/** Where an origin is. */
export interface Target {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** The name, or the address, that its certificate must be for. */
  readonly serverName: string;
  /** Whoever runs the gateway has named it: no guard is asked. */
  readonly isTrusted: boolean;
  /** Takes any certificate. */
  readonly insecureSkipVerification: boolean;
  /** With the certificate that is shown to it. */
  readonly clientCertificate: SecureContext | undefined;
}

/** Told how an attempt goes; `ready` or `failed` is the last. */
export interface AttemptListener {
  /** The address takes connections: others need not be tried. */
  reached(attempt: Attempt): void;
  ready(attempt: Attempt, wire: Wire): void;
  failed(attempt: Attempt, error: ConnectError): void;
}

/** TLS sessions of an origin, so that its next connections need no whole handshake. */
export interface SessionStore {
  session: Buffer | undefined;
}

const SILENT = { midway: false, received() {}, ended() {}, drained() {}, closed() {} };

/** One attempt to connect to one address, up to the end of the TLS handshake where there is one. */
export class Attempt {
  private readonly socket: Socket;
  private over = false;

  constructor(
    readonly address: string,
    target: Target,
    sessions: SessionStore,
    private readonly listener: AttemptListener,
  ) {
    this.socket = target.secure ? this.secure(target, sessions) : this.plain(target);
    this.socket.setNoDelay(true);
  }

  /** Gives it up; the listener hears no more. */
  cancel(): void {
    this.over = true;
    this.socket.destroy();
  }

  private plain({ port }: Target): Socket {
    const wire = Wire.connecting((options) => connectPlain({ ...options, host: this.address, port }), {
      ...SILENT,
      closed: (error) => this.failed(error),
    });
    wire.socket.once('connect', () => {
      if (this.over) return;
      this.listener.reached(this);
      this.ready(wire);
    });
    return wire.socket;
  }

  private secure({ serverName, port, insecureSkipVerification, clientCertificate }: Target, sessions: SessionStore): Socket {
    const socket: TLSSocket = connectTls({
      host: this.address,
      port,
      // The name that the certificate must be for; without one it is the address.
      ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: !insecureSkipVerification,
      ...(clientCertificate === undefined ? {} : { secureContext: clientCertificate }),
      ...(sessions.session === undefined ? {} : { session: sessions.session }),
    });
    const failed = (error: Error | null) => this.failed(error);
    const closed = () => this.failed(null);
    socket.on('error', failed).on('close', closed);
    socket.on('session', (session) => (sessions.session = session));
    socket.once('connect', () => {
      if (!this.over) this.listener.reached(this);
    });
    socket.once('secureConnect', () => {
      if (this.over) return;
      const wire = Wire.over(socket, SILENT);
      socket.off('error', failed).off('close', closed);
      this.ready(wire);
    });
    return socket;
  }

  private ready(wire: Wire): void {
    this.over = true;
    this.listener.ready(this, wire);
  }

  private failed(error: Error | null): void {
    if (this.over) return;
    this.over = true;
    this.listener.failed(this, ConnectError.of(error ?? new ConnectError('network', 'closed while connecting')));
  }
}
