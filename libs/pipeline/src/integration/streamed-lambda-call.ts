import { ERRORS, explained, type GatewayError } from '../gateway-response/gateway-error.js';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import { MalformedFunctionAnswer, streamedHead } from '../integration-response/function-answer.js';
import { EventStreamFault, EventStreamReader, type EventStreamListener } from './event-stream.js';
import { LambdaCall } from './lambda-call.js';

const EVENT_STREAM = 'application/vnd.amazon.eventstream';
/** Stands between what a function says of its answer, and its body. Source: AWS, "Response streaming for Lambda functions". */
const DELIMITER = Buffer.alloc(8);
/** Bytes within which the delimiter has to come. Source: AWS, "Lambda proxy integration response streaming". */
const MOST_METADATA_BYTES = 16_384;

/**
 * One invocation of a function whose answer is passed on as it comes. What comes first is JSON that gives status and headers; when the delimiter behind it is there the
 * answer goes out, and the body flows to whoever starts it, as fast as that takes it. From there on the clock bounds each silence of the function. What is broken or
 * breaks off before the answer has begun becomes a gateway response; after that the body breaks off.
 */
export class StreamedLambdaCall extends LambdaCall implements BodyStream, EventStreamListener {
  private reader: EventStreamReader | null = null;
  /** What came before the delimiter. */
  private metadata: Buffer | null = Buffer.alloc(0);
  private sink: BodySink | null = null;
  private paused = false;

  override answered(status: number, headers: string[], length: number | null): void {
    const type = headers.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-type');
    const streams = status === 200 && type >= 0 && headers[type + 1]?.toLowerCase().startsWith(EVENT_STREAM);
    super.answered(status, headers, streams ? null : length);
    if (streams) this.reader = new EventStreamReader(this);
    else if (status === 200) this.breakOff(this.notUnderstood('an answer that is no event stream'));
  }

  override data(chunk: Buffer): void {
    if (this.reader === null) return super.data(chunk);
    if (!this.isOpen) return;
    if (this.phase === 'answering') this.startClock();
    try {
      this.reader.read(chunk);
    } catch (error) {
      if (!(error instanceof EventStreamFault)) throw error;
      this.breakOff(this.notUnderstood(error.message));
    }
  }

  payload(bytes: Buffer): void {
    if (!this.isOpen) return;
    if (this.metadata === null) return this.sink?.data(bytes);
    const known = this.metadata.length;
    const all = Buffer.concat([this.metadata, bytes]);
    // It may have begun in what came before.
    const end = all.indexOf(DELIMITER, Math.max(0, known - DELIMITER.length));
    if (end < 0 ? all.length >= MOST_METADATA_BYTES : end + DELIMITER.length > MOST_METADATA_BYTES) {
      return this.breakOff(explained(ERRORS.malformedFunctionAnswer, 'no delimiter within the first 16 KB'));
    }
    if (end < 0) this.metadata = all;
    else this.begin(all.subarray(0, end), all.subarray(end + DELIMITER.length));
  }

  private begin(metadata: Buffer, rest: Buffer): void {
    this.metadata = null;
    let head: ReturnType<typeof streamedHead>;
    try {
      head = streamedHead(metadata);
    } catch (error) {
      if (!(error instanceof MalformedFunctionAnswer)) throw error;
      return this.breakOff(explained(ERRORS.malformedFunctionAnswer, error.message));
    }
    this.phase = 'answering';
    this.startClock();
    this.conclude({ ...head, body: this, length: null });
    if (this.isOpen && rest.length > 0) this.sink?.data(rest);
  }

  completed(outcome: Buffer): void {
    if (!this.isOpen) return;
    const error = errorCode(outcome);
    if (error !== null) return this.breakOff(explained(ERRORS.functionFailed, error));
    if (this.metadata !== null) {
      return this.breakOff(explained(ERRORS.malformedFunctionAnswer, 'it ended before the delimiter'));
    }
    this.finish();
    // What follows is the end of the message only: a client that takes nothing for now must not keep the connection from it.
    this.call?.resume();
    this.sink?.end();
  }

  override ended(): void {
    if (this.reader === null) super.ended();
    // The function has not told how it ended: nobody knows whether this is all of its answer.
    else this.breakOff(this.notUnderstood('it broke off'));
  }

  override passed(): void {
    // Whoever ends the wait starts the clock anew.
    if (!this.paused) super.passed();
  }

  protected override breakOff(error: GatewayError): void {
    const { exchange, phase, sink } = this;
    const begun = exchange.status !== 0;
    super.breakOff(error);
    if (phase !== 'answering' || !begun) return;
    exchange.error ??= error;
    sink?.fail(new Error(error.reason));
  }

  start(sink: BodySink): void {
    this.sink = sink;
  }
  pause(): void {
    if (!this.isOpen) return;
    this.paused = true;
    this.call?.pause();
  }
  resume(): void {
    if (!this.isOpen) return;
    this.paused = false;
    this.startClock();
    this.call?.resume();
  }
  destroy(): void {
    this.clientGone();
  }
}

/** What a function failed of; null where it did not. */
function errorCode(outcome: Buffer): string | null {
  if (outcome.length === 0) return null;
  try {
    const { ErrorCode: code = null } = JSON.parse(outcome.toString('utf8')) as { ErrorCode?: unknown };
    return code === null || code === '' ? null : String(code).slice(0, 500);
  } catch {
    return 'an end that is no JSON';
  }
}
