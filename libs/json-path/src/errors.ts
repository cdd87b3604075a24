/** Text that is no JSON, not even as leniently as it is read. */
export class JsonSyntaxError extends Error {}

/** A JSON path that is none, or that asks for what is not offered. `column` counts from 1. */
export class JsonPathSyntaxError extends Error {
  constructor(
    reason: string,
    readonly column: number,
  ) {
    super(`${reason} at position ${column}`);
  }
}

/** A path whose work on a document went past its bound, or that ended in what has no value. */
export class JsonPathEvaluationError extends Error {}
