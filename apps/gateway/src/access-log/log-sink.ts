/** Takes batches of lines; rejects when it cannot, with `PartlyWritten` where it took the beginning. Only one batch is on its way at a time. */
export interface LogSink {
  write(batch: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** A batch of which only so many bytes were written. */
export class PartlyWritten extends Error {
  constructor(
    readonly bytes: number,
    cause: Error,
  ) {
    super(cause.message, { cause });
  }
}

const LINE_FEED = 10;

/** Lines of a batch that `write` rejected which are not in the sink, or not whole. */
export function linesLost(batch: Buffer, error: unknown): number {
  let lines = 0;
  let at = error instanceof PartlyWritten ? error.bytes - 1 : -1;
  while ((at = batch.indexOf(LINE_FEED, at + 1)) >= 0) lines++;
  return lines;
}
