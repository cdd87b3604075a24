import { AwsError } from '@gatehouse/aws-wire';
import { CALLER_HEADER, REVISION_HEADER, SOURCE_ARN_HEADER } from '@gatehouse/lambda-contract';
import { checkSignature, readSignature, verifySignature, type PresentedSignature, type RequestHead } from '@gatehouse/sigv4';
import type { DataPlaneKey } from '@gatehouse/snapshot';
import type { IncomingMessage } from 'node:http';
import { LambdaError } from './lambda-error.js';

/** What Gatehouse's own processes say beside a call; a signature of theirs covers it. */
export interface SignedCall {
  /** Of the signature. */
  region: string;
  caller: string;
  sourceArn: string | null;
  revisionId: string | null;
  body: Buffer;
}

const INTERNAL_HEADERS = [CALLER_HEADER, SOURCE_ARN_HEADER, REVISION_HEADER];

/**
 * Reads a call that a process of the data plane has signed (Signature Version 4, service `lambda`). Its body is read only where the head is as it should be.
 * Throws `LambdaError`: AccessDeniedException or InvalidSignatureException for any other call, RequestTooLargeException for a body of more than `mostBytes`.
 */
export async function readSignedCall(
  request: IncomingMessage,
  keys: readonly DataPlaneKey[],
  mostBytes: number,
): Promise<SignedCall> {
  const head: RequestHead = { method: request.method ?? '', rawTarget: request.url ?? '', rawHeaders: request.rawHeaders };
  const { presented, secret } = readHead(head, keys);
  const body = await readBody(request, mostBytes);
  refusing(() => verifySignature(presented, head, body, secret));
  const caller = single(request, CALLER_HEADER);
  if (caller === null) throw denied(`A call needs the header ${CALLER_HEADER}.`);
  return {
    region: presented.region,
    caller,
    sourceArn: single(request, SOURCE_ARN_HEADER),
    revisionId: single(request, REVISION_HEADER),
    body,
  };
}

function readHead(head: RequestHead, keys: readonly DataPlaneKey[]): { presented: PresentedSignature; secret: string } {
  return refusing(() => {
    const presented = readSignature(head);
    checkSignature(presented, head, { service: 'lambda', now: Date.now() });
    const key = keys.find(({ calls }) => calls.accessKeyId === presented.accessKeyId);
    if (!key) throw denied('The security token included in the request is invalid.');
    const unsigned = INTERNAL_HEADERS.find((name) => has(head, name) && !presented.signedHeaders.includes(name));
    if (unsigned) throw denied(`'${unsigned}' must be a signed header.`);
    return { presented, secret: key.calls.secretAccessKey };
  });
}

/** Says in Lambda's dialect what is wrong with a signature: always 403. */
function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.type === 'InvalidSignatureException') throw new LambdaError('InvalidSignatureException', error.message);
    throw denied(error.message);
  }
}

function denied(message: string): LambdaError {
  return new LambdaError('AccessDeniedException', message);
}

function has(head: RequestHead, name: string): boolean {
  return head.rawHeaders.some((text, at) => at % 2 === 0 && text.toLowerCase() === name);
}

function single(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name] ?? [];
  if (values.length > 1) throw denied(`${name} is there more than once.`);
  return values[0] ?? null;
}

async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new LambdaError(
      'RequestTooLargeException',
      `Request must be smaller than ${mostBytes} bytes for the InvokeFunction operation`,
    );
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > mostBytes) throw tooLarge();
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw tooLarge();
    parts.push(part);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}
