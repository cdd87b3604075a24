import { AwsError } from '@gatehouse/aws-wire';
import { timingSafeEqual, verify } from 'node:crypto';
import { asymmetricPublicKey } from './asymmetric-key.js';
import { sha256 } from './canonical-request.js';
import type { PresentedSignature } from './read-signature.js';
import type { RequestHead } from './request-head.js';
import { ASYMMETRIC_ALGORITHM } from './signature-scope.js';
import { signatureOf, stringToSign } from './signature.js';

const HEXADECIMAL = /^(?:[0-9a-f]{2})+$/;

/**
 * Tells, over the received head and body, whether the presented signature is one that the secret makes, in constant time.
 * Throws `AwsError` InvalidSignatureException when it is not.
 */
export function verifySignature(presented: PresentedSignature, head: RequestHead, body: Buffer, secretAccessKey: string): void {
  const payloadHash = sha256(body);
  const right =
    presented.algorithm === ASYMMETRIC_ALGORITHM
      ? verifiesAsymmetric(presented, head, payloadHash, secretAccessKey)
      : equals(presented.signature, signatureOf(head, presented.signedHeaders, payloadHash, presented, secretAccessKey));
  if (!right) {
    throw new AwsError(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}

function equals(presented: string, computed: string): boolean {
  const given = Buffer.from(presented);
  const right = Buffer.from(computed);
  return given.length === right.length && timingSafeEqual(given, right);
}

/** The signature is in DER, as hexadecimal digits. */
function verifiesAsymmetric(
  presented: PresentedSignature,
  head: RequestHead,
  payloadHash: string,
  secretAccessKey: string,
): boolean {
  const { accessKeyId, signature, signedHeaders } = presented;
  if (!HEXADECIMAL.test(signature)) return false;
  const text = stringToSign(ASYMMETRIC_ALGORITHM, head, signedHeaders, payloadHash, presented);
  const key = asymmetricPublicKey(accessKeyId, secretAccessKey);
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'hex'));
}
