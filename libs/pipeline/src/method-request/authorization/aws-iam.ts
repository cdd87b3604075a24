import { AwsError } from '@gatehouse/aws-wire';
import { ALL_ALGORITHMS, checkSignature, readSignature, verifySignature, type PresentedSignature } from '@gatehouse/sigv4';
import type { Exchange } from '../../exchange.js';
import { ERRORS, gatewayError, requestTooLarge, type GatewayError } from '../../gateway-response/gateway-error.js';
import type { GatewayRequest } from '../../http/gateway-request.js';
import { METHOD_OVERRIDE } from '../../http/header-info.js';
import { BodyTooLarge } from '../../http/request-body.js';
import type { RequestStep } from '../../rest-pipeline.js';
import type { ServedStage } from '../../stage/served-stage.js';
import type { Signer } from './signers.js';

const SERVICE = 'execute-api';
const NO_BYTES = Buffer.alloc(0);

const noSignature = gatewayError('MISSING_AUTHENTICATION_TOKEN', 'no signature');
const unknownKey = gatewayError('INVALID_SIGNATURE', 'unknown access key', {
  errorType: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
});
const unsignedOverride = gatewayError('INVALID_SIGNATURE', 'the verb in place of the signed one is not signed', {
  message: "'x-http-method-override' must be a 'SignedHeader' in the AWS Authorization.",
});

/**
 * Finds out who signed a request, with Signature Version 4 or 4A, in the header or as a presigned URL, and leaves him in `exchange.caller`. What is signed is the
 * request as it came: path with stage, query, headers, and the hash of the body that was received, whatever `x-amz-content-sha256` says of it. What he may do, the
 * step of policies says.
 */
export function awsIam({ scope: { region }, services: { signers, bodyLimit } }: ServedStage): RequestStep {
  return (exchange) => {
    const { request, arrivedAt } = exchange;
    const head = headOf(request);
    const presented = refusing(() => {
      const read = readSignature(head, ALL_ALGORITHMS);
      checkSignature(read, head, { service: SERVICE, region, now: arrivedAt });
      return read;
    });
    if ('responseType' in presented) return presented;
    if (hasUnsignedOverride(exchange, presented)) return unsignedOverride;
    const signer = signers.find(presented.accessKeyId);
    if (signer === undefined) return unknownKey;
    if (request.body.length === 0) return admit(exchange, presented, signer, NO_BYTES);
    return request.body.whole(bodyLimit).then(
      (body) => admit(exchange, presented, signer, body),
      (error: unknown) => (error instanceof BodyTooLarge ? requestTooLarge(bodyLimit) : ERRORS.clientBroke),
    );
  };
}

/** What is wrong with the Authorization header of a request that no method is for; undefined where it is a signature, or none came. Source: recorded behaviour of AWS. */
export function malformedAuthorization(request: GatewayRequest): GatewayError | undefined {
  const read = refusing(() => readSignature(headOf(request), ALL_ALGORITHMS));
  return 'responseType' in read && read.errorType === 'IncompleteSignatureException' ? read : undefined;
}

function admit(exchange: Exchange, presented: PresentedSignature, signer: Signer, body: Buffer): GatewayError | undefined {
  const verified = refusing(() => {
    verifySignature(presented, headOf(exchange.request), body, signer.secretAccessKey);
    return signer;
  });
  if ('responseType' in verified) return verified;
  exchange.caller = signer.caller;
  return undefined;
}

const headOf = ({ method, rawTarget, headers }: GatewayRequest) => ({ method, rawTarget, rawHeaders: headers });

/** The header changes what is asked for, and so must not come from anyone else than who signed the rest. */
function hasUnsignedOverride({ headers }: Exchange, { signedHeaders }: PresentedSignature): boolean {
  return headers.first(METHOD_OVERRIDE) !== undefined && !signedHeaders.includes('x-http-method-override');
}

/** What `read` gives, or in AWS's words why it gives nothing. */
function refusing<T extends object>(read: () => T): T | GatewayError {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { type: errorType, message } = error;
    if (errorType === 'MissingAuthenticationTokenException') return noSignature;
    return gatewayError('INVALID_SIGNATURE', errorType, { errorType, message });
  }
}
