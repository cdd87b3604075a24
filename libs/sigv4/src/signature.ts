import { createHmac } from 'node:crypto';
import { canonicalRequest, sha256 } from './canonical-request.js';
import type { RequestHead } from './request-head.js';
import { ALGORITHM, TERMINATOR, type SignatureScope } from './signature-scope.js';
import { signingKey } from './signing-key.js';

/** The signature of a request (64 hexadecimal digits): the HMAC of its string to sign under the key of its scope. */
export function signatureOf(
  head: RequestHead,
  signedHeaders: readonly string[],
  payloadHash: string,
  scope: SignatureScope,
  secretAccessKey: string,
): string {
  const request = sha256(canonicalRequest(head, signedHeaders, payloadHash));
  const stringToSign = `${ALGORITHM}\n${scope.amzDate}\n${scope.date}/${scope.region}/${scope.service}/${TERMINATOR}\n${request}`;
  return createHmac('sha256', signingKey(secretAccessKey, scope)).update(stringToSign).digest('hex');
}
