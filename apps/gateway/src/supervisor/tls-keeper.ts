import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { createSecureContext } from 'node:tls';
import type { CertificateFiles } from '../config.js';
import { DefaultCertificate } from '../transport/tls/default-certificate.js';
import { TLS_POLICY } from '../transport/tls/tls-policy.js';
import { TICKET_KEY_BYTES } from '../transport/tls/tls-server.js';
import type { TlsMaterial } from '../worker/messages.js';

/** For how long session tickets are sealed with the same keys, in milliseconds: who finds them out later opens no older sessions. */
const TICKET_KEYS_LAST = 8 * 3_600_000;

export interface TlsKeeperEvents {
  /** Something else is in force from now on. */
  changed: [TlsMaterial];
  /** The files of the default certificate have changed and cannot be used: what was in force stays so. */
  failed: [Error];
}

/**
 * Keeps what the workers of a gateway have in common for TLS: the keys of session tickets, so that each worker takes up sessions that another began,
 * and the default certificate. What was good last is what a worker that starts later gets, whatever has become of the files.
 */
export class TlsKeeper extends EventEmitter<TlsKeeperEvents> {
  private ticketKeys = randomBytes(TICKET_KEY_BYTES);
  private certificate: TlsMaterial['defaultCertificate'] = null;
  private readonly files: DefaultCertificate | null;
  private timer: NodeJS.Timeout | null = null;

  constructor(files: CertificateFiles | null) {
    super();
    this.files =
      files &&
      new DefaultCertificate(
        files,
        (cert, key) => this.use(cert, key),
        (error) => this.emit('failed', error),
      );
  }

  /** Throws a `StartupError` when the files cannot be used. */
  async start(): Promise<void> {
    await this.files?.start();
    this.timer = setInterval(() => {
      this.ticketKeys = randomBytes(TICKET_KEY_BYTES);
      this.emit('changed', this.material);
    }, TICKET_KEYS_LAST);
  }

  get material(): TlsMaterial {
    return { ticketKeys: this.ticketKeys.toString('base64'), defaultCertificate: this.certificate };
  }

  private use(cert: string, key: string): void {
    // Throws where a worker would have to.
    createSecureContext({ ...TLS_POLICY, cert, key });
    this.certificate = { cert, key };
    this.emit('changed', this.material);
  }

  stop(): void {
    this.files?.stop();
    if (this.timer !== null) clearInterval(this.timer);
  }
}
