/** One encapsulated object of a PEM text: what it says it is, and its bytes. */
export interface PemBlock {
  label: string;
  /** Header lines (RFC 1421), which only encrypted keys of an old form have. */
  headers: string[];
  bytes: Buffer;
}

/** What is wrong with a PEM text; says nothing of what it holds. */
export class PemError extends Error {}

const BOUNDARY = /^-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads the blocks of a PEM text in their order (RFC 7468); text between blocks is explanatory and passed over. Takes time in
 * proportion to the text's length. Throws `PemError`.
 */
export function readPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let label: string | null = null;
  let lines: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, boundary, name] = BOUNDARY.exec(line.trim()) ?? [];
    if (boundary === undefined || name === undefined) {
      if (label !== null) lines.push(line.trim());
    } else if (boundary === 'BEGIN') {
      if (label !== null) throw new PemError(`a line BEGIN ${name} stands before the END of ${label}`);
      label = name;
      lines = [];
    } else {
      if (label !== name) throw new PemError(`a line END ${name} has no BEGIN`);
      blocks.push(readBlock(name, lines));
      label = null;
    }
  }
  if (label !== null) throw new PemError(`the line END ${label} is missing`);
  return blocks;
}

function readBlock(label: string, lines: readonly string[]): PemBlock {
  const headers = lines.filter((line) => line.includes(':'));
  const base64 = lines.filter((line) => !line.includes(':')).join('');
  if (!BASE64.test(base64) || base64.length % 4 !== 0) throw new PemError(`what stands in ${label} is not base64`);
  return { label, headers, bytes: Buffer.from(base64, 'base64') };
}
