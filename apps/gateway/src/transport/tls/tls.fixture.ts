import { issueCertificate, type IssuedCertificate } from '@gatehouse/testing';
import { createSecureContext, type SecureContext } from 'node:tls';
import { TLS_POLICY } from './tls-policy.js';
import { TlsServer, type CertificateAndKey, type Certificates } from './tls-server.js';

/** An issued certificate as TLS takes it. */
export function certificateAndKey({ certificate, privateKey }: IssuedCertificate): CertificateAndKey {
  return { cert: certificate, key: privateKey };
}

/** Certificates by exact name. */
export class FixedCertificates implements Certificates {
  private readonly contexts = new Map<string, SecureContext>();

  put(issued: IssuedCertificate): this {
    this.contexts.set(issued.commonName, createSecureContext({ ...TLS_POLICY, ...certificateAndKey(issued) }));
    return this;
  }
  find(serverName: string): SecureContext | undefined {
    return this.contexts.get(serverName);
  }
}

/** A server that shows a certificate for `localhost` to everyone. */
export function localTls(handshakeTimeout = 10_000): TlsServer {
  const tls = new TlsServer(new FixedCertificates(), handshakeTimeout);
  tls.showByDefault(certificateAndKey(issueCertificate()));
  return tls;
}
