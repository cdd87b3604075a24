import { AwsError } from '@gatehouse/aws-wire';
import { checkSignature, readSignature, verifySignature } from '@gatehouse/sigv4';
import { INTERNAL_SERVICE, type DataPlaneKey } from '@gatehouse/snapshot';
import type { IncomingMessage } from 'node:http';

/** A call that is answered with an error; the message says nothing of keys. */
export class RefusedCall extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The body of a call that a process of the data plane has signed (Signature Version 4, service `gatehouse`), with any of `keys`. It is read only where the head is as it
 * should be. Throws `RefusedCall`: 403 for any other call, 413 for a body of more than `mostBytes`.
 */
export async function readSignedBody(
  request: IncomingMessage,
  keys: readonly DataPlaneKey[],
  mostBytes: number,
): Promise<Buffer> {
  const head = { method: request.method ?? '', rawTarget: request.url ?? '', rawHeaders: request.rawHeaders };
  const { presented, secret } = refusing(() => {
    const read = readSignature(head);
    checkSignature(read, head, { service: INTERNAL_SERVICE, now: Date.now() });
    const key = keys.find(({ calls }) => calls.accessKeyId === read.accessKeyId);
    if (key === undefined) throw new RefusedCall(403, 'The security token included in the request is invalid.');
    return { presented: read, secret: key.calls.secretAccessKey };
  });
  const body = await readBody(request, mostBytes);
  refusing(() => verifySignature(presented, head, body, secret));
  return body;
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AwsError) throw new RefusedCall(403, error.message);
    throw error;
  }
}

async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new RefusedCall(413, `More than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
