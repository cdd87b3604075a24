/** Something that the caller can put right: printed as one line, without a stack trace; the command ends with exit code 1. */
export class CliError extends Error {}

/** A thrown value as one line that a person can act on. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return (error.message + cause).replace(/\s*\n\s*/g, ' | ');
}
