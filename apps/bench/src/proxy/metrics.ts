/** The sum of all series of one metric in a page in Prometheus's text form; 0 when it has none. */
export function sumOf(page: string, metric: string): number {
  let sum = 0;
  for (const line of page.split('\n')) {
    const [, name, value] = /^([a-zA-Z_:][\w:]*)(?:\{.*\})? (\S+)/.exec(line) ?? [];
    if (name === metric) sum += Number(value);
  }
  return sum;
}
