/** How long the same kind of trouble is not told again, in milliseconds. */
const QUIET = 10_000;

const toldAt = new Map<string, number>();

/** Tells trouble on stderr, one line; the same words again only after a while, because what fails is tried over and over. */
export function report(what: string, error: Error): void {
  const line = `functions: ${what}: ${error.message.replaceAll(/\s+/g, ' ')}`;
  const now = performance.now();
  if (now - (toldAt.get(line) ?? -Infinity) < QUIET) return;
  if (toldAt.size > 100) toldAt.clear();
  toldAt.set(line, now);
  console.error(line);
}
