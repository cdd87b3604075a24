/** Lines of a table with a headline: the first column to the left, all others to the right. */
export function table(headline: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [headline, ...rows];
  const widths = headline.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length)));
  const text = lines.map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '),
  );
  return [text[0]!, '-'.repeat(text[0]!.length), ...text.slice(1)];
}
