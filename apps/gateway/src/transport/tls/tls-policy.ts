import { constants } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';

/**
 * What every TLS context of a gateway is made with, beside its certificate and key. Versions and ciphers are those of Mozilla's "intermediate"
 * recommendation without finite-field Diffie-Hellman, whose cost a client can drive up; what HTTP/2 forbids (RFC 9113, 9.2.2) is not among them.
 */
export const TLS_POLICY = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
  // All of them are good: the client knows which its hardware is fast at.
  honorCipherOrder: false,
  // A client that asks for new keys again and again costs much and gains nothing.
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  // None but what was given is sent: with roots at hand, OpenSSL would complete a chain that ends early by itself.
  ca: [],
} satisfies SecureContextOptions;
