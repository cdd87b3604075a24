/** Takes batches of lines; rejects when it cannot. Only one batch is on its way at a time. */
export interface LogSink {
  write(batch: Buffer): Promise<void>;
  close(): Promise<void>;
}
