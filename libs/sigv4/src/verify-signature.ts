import { AwsError } from '@gatehouse/aws-wire';
import { timingSafeEqual } from 'node:crypto';
import { sha256 } from './canonical-request.js';
import type { PresentedSignature } from './read-signature.js';
import type { RequestHead } from './request-head.js';
import { signatureOf } from './signature.js';

/**
 * Compares the presented signature with the one that the secret makes over the received head and body, in constant time.
 * Throws `AwsError` InvalidSignatureException when they differ.
 */
export function verifySignature(presented: PresentedSignature, head: RequestHead, body: Buffer, secretAccessKey: string): void {
  const computed = Buffer.from(signatureOf(head, presented.signedHeaders, sha256(body), presented, secretAccessKey));
  const given = Buffer.from(presented.signature);
  if (given.length !== computed.length || !timingSafeEqual(given, computed)) {
    throw new AwsError(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}
