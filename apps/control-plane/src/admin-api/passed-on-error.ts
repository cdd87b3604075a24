/** The error of another service that answers in the dialect of the API called: it goes out as it came. */
export class PassedOnError extends Error {
  constructor(
    readonly status: number,
    /** Those that go out, in lower case. */
    readonly headers: Readonly<Record<string, string>>,
    readonly body: Buffer,
  ) {
    super(`another service answered ${status}`);
  }
}
