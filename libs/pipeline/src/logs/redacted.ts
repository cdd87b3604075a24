const SHOWN = 6;
/** So long are the values that AWS makes or takes for API keys. */
const SHORTEST_KEY = 20;

/** What a log tells of the value of an API key: its last six characters, as on AWS, where enough of it is hidden then. */
export function redactedKey(value: string | undefined): string | undefined {
  return value === undefined ? undefined : `******${value.length < SHORTEST_KEY ? '' : value.slice(-SHOWN)}`;
}
