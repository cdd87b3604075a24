/** Source: AWS Lambda; the sentence below has this number. A little more than the quota, so that what wraps an answer of 6 MB fits. */
export const MOST_RESPONSE_BYTES = 6_291_556;

/** One call of a function. */
export interface Invocation {
  readonly requestId: string;
  /** As it was called: with the qualifier, where there was one. */
  readonly invokedArn: string;
  readonly event: Buffer;
  /** JSON; null where the caller gave none. */
  readonly clientContext: string | null;
  readonly traceId: string;
  readonly answer: AnswerSink;
}

/** Takes the answer of an invocation, part by part. */
export interface AnswerSink {
  /** Most bytes of all parts together of a streamed answer; one that is not streamed has at most `MOST_RESPONSE_BYTES`. */
  readonly mostBytes: number;
  /** Resolves when the next part may come. */
  part(bytes: Buffer): Promise<void> | void;
  /**
   * Called once.
   * @param error the payload of a function error (JSON); what came before it is no answer then
   * @param log gives the last lines of the log; null where nothing ran
   */
  end(error: Buffer | null, log: (() => Promise<Buffer>) | null): void;
}

/** A function error that this process states itself, in AWS's form. */
export function errorPayload(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }));
}

/**
 * The payload of an error that a runtime tells: what it has sent where that is a JSON object, which callers are promised; else an error of the type that it names
 * beside that, with what it has sent as its message.
 */
export function toldPayload(sent: Buffer, errorType = 'Runtime.Unknown'): Buffer {
  if (sent.length === 0) return Buffer.from(JSON.stringify({ errorType }));
  const text = sent.toString();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return sent;
  } catch {
    // Its text is told below.
  }
  return errorPayload(errorType, text);
}

/** The payload of a runtime's end: how it ended is in AWS's words. */
export function exitPayload(requestId: string, code: number | null, signal: NodeJS.Signals | null): Buffer {
  return errorPayload('Runtime.ExitError', `RequestId: ${requestId} Error: ${exitReason(code, signal)}`);
}

/** What the report of an error says of it, in AWS's words: types that are a function's own are not told. */
export function statusOf(payload: Buffer): string {
  const { errorType } = JSON.parse(payload.toString()) as { errorType?: unknown };
  if (errorType === TIMED_OUT) return 'Status: timeout';
  const isLambdas = typeof errorType === 'string' && /^(?:Runtime|Function|Sandbox)\.[A-Za-z]{1,64}$/.test(errorType);
  return `Status: error\tError Type: ${isLambdas ? errorType : 'Runtime.Unknown'}`;
}

/** What the log says of an error that this process states itself, in AWS's words. */
export function reasonOf(requestId: string, payload: Buffer): string {
  const { errorType, errorMessage } = JSON.parse(payload.toString()) as { errorType: string; errorMessage: string };
  if (errorType !== TIMED_OUT) return `${errorMessage}\n${errorType}`;
  return `${new Date().toISOString()} ${requestId} ${errorMessage.slice(errorMessage.indexOf('Task '))}\n`;
}

const TIMED_OUT = 'Sandbox.Timedout';

/** The payload of an invocation that took too long. */
export function timeoutPayload(requestId: string, seconds: number): Buffer {
  return errorPayload(TIMED_OUT, `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`);
}

export function tooLargePayload(): Buffer {
  return errorPayload(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${MOST_RESPONSE_BYTES} bytes).`,
  );
}

/** Names of signals as AWS writes them: those of Go's library. */
const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
  SIGXFSZ: 'file size limit exceeded',
};

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}
