import { STREAMED_PAYLOAD_BYTES } from '@gatehouse/lambda-contract';
import type { ServerResponse } from 'node:http';
import { MOST_RESPONSE_BYTES, type AnswerSink } from '../sandbox/invocation.js';
import { eventMessage } from './event-stream.js';

/** Headers of every answer of an invocation. */
export interface AnswerHead {
  requestId: string;
  executedVersion: string;
  traceId: string;
}

/** Collects an answer and sends it whole: Invoke. */
export class BufferedAnswer implements AnswerSink {
  readonly mostBytes = MOST_RESPONSE_BYTES;
  private readonly parts: Buffer[] = [];

  constructor(
    private readonly response: ServerResponse,
    private readonly head: AnswerHead,
    private readonly wantsLog: boolean,
  ) {}

  part(bytes: Buffer): void {
    this.parts.push(bytes);
  }

  end(error: Buffer | null, log: (() => Promise<Buffer>) | null): void {
    if (this.wantsLog && log) void log().then((lines) => this.send(error, lines));
    else this.send(error, null);
  }

  private send(error: Buffer | null, log: Buffer | null): void {
    if (this.response.destroyed) return;
    const payload = error ?? (this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts));
    this.response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': payload.length,
      ...headers(this.head),
      'X-Amzn-Remapped-Content-Length': '0',
      ...(error && { 'X-Amz-Function-Error': 'Unhandled' }),
      ...(log && { 'X-Amz-Log-Result': log.toString('base64') }),
    });
    this.response.end(payload);
  }
}

/** Sends an answer part by part, as it comes: InvokeWithResponseStream. */
export class StreamedAnswer implements AnswerSink {
  readonly mostBytes = STREAMED_PAYLOAD_BYTES;

  constructor(
    private readonly response: ServerResponse,
    private readonly head: AnswerHead,
    private readonly wantsLog: boolean,
  ) {}

  part(bytes: Buffer): Promise<void> | void {
    if (this.response.destroyed) return;
    this.begin();
    if (this.response.write(eventMessage('PayloadChunk', 'application/octet-stream', bytes))) return;
    return new Promise((resolve) => {
      const go = () => {
        this.response.off('drain', go).off('close', go);
        resolve();
      };
      this.response.on('drain', go).on('close', go);
    });
  }

  end(error: Buffer | null, log: (() => Promise<Buffer>) | null): void {
    if (this.wantsLog && log) void log().then((lines) => this.finish(error, lines));
    else this.finish(error, null);
  }

  private finish(error: Buffer | null, log: Buffer | null): void {
    if (this.response.destroyed) return;
    this.begin();
    const complete = {
      ...(error && { ErrorCode: errorCode(error), ErrorDetails: error.toString() }),
      ...(log && { LogResult: log.toString('base64') }),
    };
    this.response.end(eventMessage('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(complete))));
  }

  private begin(): void {
    if (this.response.headersSent) return;
    this.response.writeHead(200, { 'Content-Type': 'application/vnd.amazon.eventstream', ...headers(this.head) });
  }
}

function headers({ requestId, executedVersion, traceId }: AnswerHead): Record<string, string> {
  return { 'X-Amzn-RequestId': requestId, 'X-Amz-Executed-Version': executedVersion, 'X-Amzn-Trace-Id': traceId };
}

/** The type of the error where its payload has one. */
function errorCode(payload: Buffer): string {
  try {
    const { errorType } = JSON.parse(payload.toString()) as { errorType?: unknown };
    return typeof errorType === 'string' ? errorType : 'Unhandled';
  } catch {
    return 'Unhandled';
  }
}
