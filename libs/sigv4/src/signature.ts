import { createHmac } from 'node:crypto';
import { canonicalRequest, sha256 } from './canonical-request.js';
import type { RequestHead } from './request-head.js';
import { ALGORITHM, scopeText, type SignatureScope } from './signature-scope.js';
import { signingKey } from './signing-key.js';

/** The signature of a request (64 hexadecimal digits): the HMAC of its string to sign under the key of its scope. */
export function signatureOf(
  head: RequestHead,
  signedHeaders: readonly string[],
  payloadHash: string,
  scope: SignatureScope,
  secretAccessKey: string,
): string {
  const text = stringToSign(ALGORITHM, head, signedHeaders, payloadHash, scope);
  return createHmac('sha256', signingKey(secretAccessKey, scope)).update(text).digest('hex');
}

/** What is signed of a request. */
export function stringToSign(
  algorithm: string,
  head: RequestHead,
  signedHeaders: readonly string[],
  payloadHash: string,
  scope: SignatureScope,
): string {
  const canonical = canonicalRequest(head, signedHeaders, payloadHash, scope.service);
  return `${algorithm}\n${scope.amzDate}\n${scopeText(scope)}\n${sha256(canonical)}`;
}
