import { parseFunctionArn, type FunctionName } from '@gatehouse/lambda-contract';
import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LambdaError } from './lambda-error.js';

/** What the address of a call names. */
export interface InvocationTarget {
  streams: boolean;
  name: FunctionName;
}

export type InvocationType = 'RequestResponse' | 'Event' | 'DryRun';

/** What the headers of a call ask for. */
export interface InvocationOptions {
  type: InvocationType;
  wantsLog: boolean;
  /** JSON in ASCII; null where there is none. */
  clientContext: string | null;
  traceId: string;
}

const BUFFERED = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const STREAMED = /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations$/;

/** Reads the address of a call, which names the function by its full ARN. Throws `LambdaError`. */
export function readTarget(target: string): InvocationTarget {
  const url = URL.parse(target, 'http://localhost');
  const path = url?.pathname ?? '';
  const encoded = BUFFERED.exec(path)?.[1] ?? STREAMED.exec(path)?.[1];
  if (!url || encoded === undefined) throw new LambdaError('UnknownOperationException', 'There is no such operation.');
  const name = parseFunctionArn(decode(encoded));
  if (!name) throw invalid('The function must be named by its ARN.');
  const qualifier = url.searchParams.get('Qualifier');
  if (qualifier !== null && name.qualifier !== null && qualifier !== name.qualifier) {
    throw invalid('The derived qualifier from the function name does not match the specified qualifier.');
  }
  return { streams: STREAMED.test(path), name: { ...name, qualifier: qualifier ?? name.qualifier } };
}

/** Throws `LambdaError` InvalidParameterValueException or InvalidRequestContentException. */
export function readOptions({ headers }: IncomingMessage): InvocationOptions {
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type !== 'RequestResponse' && type !== 'Event' && type !== 'DryRun') {
    throw invalid(
      `Value '${String(type)}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
    );
  }
  return {
    type,
    wantsLog: headers['x-amz-log-type'] === 'Tail',
    clientContext: readClientContext(headers['x-amz-client-context']?.toString()),
    traceId: headers['x-amzn-trace-id']?.toString() ?? newTraceId(),
  };
}

/** The event: JSON, `{}` where the call has no body. Throws `LambdaError` InvalidRequestContentException. */
export function readEvent(body: Buffer): Buffer {
  if (body.length === 0) return Buffer.from('{}');
  try {
    if (!isUtf8(body)) throw new Error('Invalid UTF-8');
    JSON.parse(body.toString());
  } catch (error) {
    throw content(`Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`);
  }
  return body;
}

function readClientContext(encoded: string | undefined): string | null {
  if (!encoded) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString());
    // What is not ASCII could not travel in a header.
    return JSON.stringify(value).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  } catch {
    throw content('Client context must be a valid Base64-encoded JSON object.');
  }
}

/** Source: AWS X-Ray, tracing header. Nothing is traced here: it says that the call was not sampled. */
function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}

const invalid = (message: string) => new LambdaError('InvalidParameterValueException', message);
const content = (message: string) => new LambdaError('InvalidRequestContentException', message);
