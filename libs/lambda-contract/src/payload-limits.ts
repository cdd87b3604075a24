/** Bytes of an event of a synchronous invocation, and of its answer. Source: AWS Lambda quotas. */
export const SYNCHRONOUS_PAYLOAD_BYTES = 6 * 1024 * 1024;
/** Bytes of an event of an asynchronous invocation. Source: AWS Lambda quotas. */
export const ASYNCHRONOUS_PAYLOAD_BYTES = 1024 * 1024;
/** Bytes of a streamed answer. Source: AWS Lambda quotas. */
export const STREAMED_PAYLOAD_BYTES = 200 * 1024 * 1024;
