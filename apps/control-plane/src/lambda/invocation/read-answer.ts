import { AwsError } from '@gatehouse/aws-wire';
import { SYNCHRONOUS_PAYLOAD_BYTES } from '@gatehouse/lambda-contract';
import type { IncomingMessage } from 'node:http';
import { PassedOnError } from '../../admin-api/passed-on-error.js';

/** The functions service sends 6 MB and what describes an error; more it never does. */
const MOST_PAYLOAD_BYTES = SYNCHRONOUS_PAYLOAD_BYTES + 64 * 1024;
const MOST_ERROR_BYTES = 64 * 1024;

/** Headers of an error that tell its caller something. */
const ERROR_HEADERS = ['content-type', 'x-amzn-errortype', 'retry-after'];

/** Reads the whole body of an invocation's answer. Throws `ServiceException` when it breaks off or has no end. */
export const readPayload = (answer: IncomingMessage): Promise<Buffer> => readBody(answer, MOST_PAYLOAD_BYTES);

/**
 * Throws what the functions service answered in place of a function: a `PassedOnError`, or `ServiceException` where it did not trust this control plane's
 * own signature, which is no fault of the caller's.
 */
export async function throwError(answer: IncomingMessage): Promise<never> {
  const body = await readBody(answer, MOST_ERROR_BYTES);
  if (answer.statusCode === 403) {
    console.error(`functions service: refused an invocation of the control plane: ${body.toString()}`);
    throw failed();
  }
  const headers = ERROR_HEADERS.flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  throw new PassedOnError(answer.statusCode ?? 500, Object.fromEntries(headers), body);
}

async function readBody(answer: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > mostBytes) throw new Error(`answered more than ${mostBytes} bytes`);
      parts.push(part);
    }
  } catch (error) {
    console.error(`functions service: ${error instanceof Error ? error.message : String(error)}`);
    throw failed();
  }
  return Buffer.concat(parts);
}

const failed = () => new AwsError('ServiceException', 'The function could not be invoked. Please try again later.');
