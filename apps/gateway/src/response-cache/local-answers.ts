import type { CachedAnswer } from '@gatehouse/pipeline';

interface Entry {
  readonly answer: CachedAnswer;
  readonly bytes: number;
  /** Milliseconds on the monotonic clock. */
  readonly until: number;
}

/** What an entry takes beside its texts and its body, about. */
const ENTRY_BYTES = 512;

/** Answers in the memory of this process, never more than so many bytes: those that were used longest ago make room. */
export class LocalAnswers {
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  find(key: string): CachedAnswer | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    if (entry.until <= performance.now()) {
      this.bytes -= entry.bytes;
      return undefined;
    }
    // The last of a map is the one that was used last.
    this.entries.set(key, entry);
    return entry.answer;
  }

  keep(key: string, answer: CachedAnswer, forMs: number): void {
    const { headers, body } = answer;
    let bytes = ENTRY_BYTES + key.length + body.length;
    for (const text of headers) bytes += text.length;
    this.remove(key);
    if (bytes > this.mostBytes) return;
    for (const oldest of this.entries.keys()) {
      if (this.bytes + bytes <= this.mostBytes) break;
      this.remove(oldest);
    }
    this.entries.set(key, { answer: copyOf(answer), bytes, until: performance.now() + forMs });
    this.bytes += bytes;
  }

  private remove(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.bytes -= entry.bytes;
  }
}

/** What texts and bodies are cut out of can be many times larger, and would stay with them. */
function copyOf({ status, headers, body }: CachedAnswer): CachedAnswer {
  const own = Buffer.allocUnsafeSlow(body.length);
  body.copy(own);
  return { status, headers: headers.map((text) => Buffer.from(text, 'latin1').toString('latin1')), body: own };
}
