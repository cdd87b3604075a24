/** What an error of the network says of itself: a code where it has one. */
export function describeFailure(error: Error): string {
  const cause = (error.cause ?? error) as Error & { code?: unknown };
  return typeof cause.code === 'string' ? cause.code : cause.message;
}
