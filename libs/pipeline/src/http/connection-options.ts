const NONE: readonly string[] = [];
/** Speak of the connection itself, not of headers. */
const OF_THE_CONNECTION = new Set(['', 'close', 'keep-alive', 'upgrade']);

/** Names in lower case that the Connection headers of a message list: those headers are for its receiver alone (RFC 9110, 7.6.1). */
export function connectionOptionsOf(headers: readonly string[]): readonly string[] {
  let options = NONE;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    const value = (headers[i + 1] as string).toLowerCase();
    if (OF_THE_CONNECTION.has(value)) continue;
    const listed = value.split(',').map((option) => option.trim());
    options = [...options, ...listed.filter((option) => !OF_THE_CONNECTION.has(option))];
  }
  return options;
}
