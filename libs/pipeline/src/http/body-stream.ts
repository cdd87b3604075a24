/**
 * Takes what a body stream gives. `data` any number of times, then exactly one of `end` and `fail`, unless the stream was destroyed.
 */
export interface BodySink {
  /**
   * The chunk is lent: its memory is used again after this returns, so whoever keeps it copies it. Only a writer to a wire may take it as it is,
   * when it pauses the stream before it returns (see `Wire.writeBytes` of http1).
   */
  data(chunk: Buffer): void;
  end(): void;
  /** The body broke off: what was given so far is not a whole body and must not be taken for one. */
  fail(error: Error): void;
}

/**
 * Bytes that flow once, from a client or a backend, with back-pressure:
 *
 * 1. `start` hands over the sink; the first bytes may come before it returns.
 * 2. `pause` stops the flow; at most what is in hand already still comes. `resume` lets it go on.
 * 3. `destroy` gives the body up; nothing comes after it.
 */
export interface BodyStream {
  start(sink: BodySink): void;
  pause(): void;
  resume(): void;
  destroy(): void;
}
