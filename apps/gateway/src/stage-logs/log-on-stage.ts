import { utf8Bytes, type Exchange } from '@gatehouse/pipeline';
import type { Outcome } from '../transport/connection-host.js';
import type { StageLogs } from './stage-logs.js';

/** What ends a line for anybody, or is obeyed by a terminal. */
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g;

/** Writes what the stage of a request wants of it in its own logs, when the connection is done with it. */
export function logOnStage(logs: StageLogs, { exchange, bytesSent }: Outcome): void {
  const { stage, log } = exchange;
  if (stage === null) return;
  if (log !== null) logExecution(logs, exchange, log);
  if (stage.accessLog === null) return;
  exchange.responseLength = bytesSent;
  logs.write(stage.scope, stage.accessLog.logGroup, stage.accessLog.line(exchange));
}

/** `{time} ({request id}) {sentence}` in UTF-8, one line for each sentence, whatever a client or a backend put into it. */
function logExecution(logs: StageLogs, { stage, requestId }: Exchange, log: NonNullable<Exchange['log']>): void {
  if (stage === null) return;
  for (const { at, text } of log.sentences()) {
    const line = `${new Date(at).toISOString()} (${requestId}) ${text.replace(CONTROL, escaped)}`;
    logs.write(stage.scope, log.settings.logGroup, utf8Bytes(line));
  }
}

function escaped(char: string): string {
  return JSON.stringify(char)
    .slice(1, -1)
    .replace(/[\x7f-\uffff]/, (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
