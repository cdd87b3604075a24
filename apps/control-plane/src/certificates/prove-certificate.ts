import { badRequest } from '@gatehouse/aws-wire';
import type { KeyObject } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { connect, createSecureContext, TLSSocket } from 'node:tls';
import type { Chain } from './read-chain.js';

/**
 * Shows the certificate to a client in this process, which trusts the end of the chain and nothing else: what it refuses (weak signatures, broken
 * constraints, a key that signs wrongly) would be refused by the clients of gateways. Throws `BadRequestException`.
 */
export async function proveCertificate({ certificates }: Chain, key: KeyObject): Promise<void> {
  const chain = certificates.map((certificate) => certificate.toString());
  const [near, far] = duplexPair();
  const sides: TLSSocket[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const secureContext = createSecureContext({ cert: chain.join(''), key: key.export({ type: 'pkcs8', format: 'pem' }) });
      const server = new TLSSocket(near, { isServer: true, secureContext });
      sides.push(server.on('error', reject));
      const client = connect({
        socket: far,
        ca: chain.at(-1)!,
        allowPartialTrustChain: true,
        checkServerIdentity: () => undefined,
      });
      sides.push(
        client
          .on('error', reject)
          .on('close', () => reject(new Error('the handshake broke off')))
          .on('secureConnect', resolve),
      );
    });
  } catch (error) {
    throw badRequest(`certificateBody: TLS clients refuse the certificate: ${reasonOf(error)}`);
  } finally {
    for (const side of sides) side.on('error', () => undefined).destroy();
  }
}

/** OpenSSL's words without its numbers. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}
