import { latin1 } from './latin1.js';
import type { Wire } from './wire.js';

/** Up to here bytes join the text before them; larger ones are written from where they lie. */
const SMALL_BYTES = 8_192;
/** More text than this waits for no more. */
const MOST_HELD = 16_384;
/** So many wait for one another at most: a peer gets its bytes while others are still read from. */
const MOST_WRITERS = 16;

/** Who hold text. */
let holding: TurnWriter[] = [];
/** Who have written it and were not told. */
let written: TurnWriter[] = [];
let scheduled = false;

/**
 * Joins what is written to a wire within one turn of the event loop into one write: the head of an answer, a body that came with it, and its end. The writers of
 * all wires write one after another when the turn ends: a peer that is woken for one message finds the next ones there, which costs less than to
 * wake it for each (a tenth of what a small request costs, measured with backend and clients on another core).
 */
export class TurnWriter {
  /** Of the last write: the kernel took all at once, or refused it whole. */
  takenAtOnce = true;
  private held = '';
  private waitsForTurn = false;

  /** @param turnEnded called at the end of a turn in which text was to be written, after it was */
  constructor(
    private readonly wire: Wire,
    private readonly turnEnded: (() => void) | null = null,
  ) {}

  /** Text waits for the end of the turn: the kernel has seen nothing of it. */
  get holds(): boolean {
    return this.held !== '';
  }

  /** Something that was written has not been taken by the kernel. */
  get waits(): boolean {
    return this.held !== '' || this.wire.waiting > 0;
  }

  /** Text of one byte a character. Answers false where the other side takes no more for now: `drained` of the wire follows. */
  text(text: string): boolean {
    this.held += text;
    if (this.held.length > MOST_HELD) return this.flush();
    if (!this.waitsForTurn) this.waitForTurn();
    return true;
  }

  private waitForTurn(): void {
    this.waitsForTurn = true;
    if (holding.length === MOST_WRITERS) writeAll();
    holding.push(this);
    if (scheduled) return;
    scheduled = true;
    setImmediate(endTurn);
  }

  /** Lent bytes, on the terms of `Wire.writeBytes`. */
  bytes(bytes: Buffer): boolean {
    if (bytes.length <= SMALL_BYTES) return this.text(latin1(bytes));
    const { held } = this;
    this.held = '';
    return held === '' ? this.wire.writeBytes(bytes) : this.wire.writeTextAndBytes(held, bytes);
  }

  /** Writes what is held now. */
  flush(): boolean {
    const { held } = this;
    if (held === '') return true;
    this.held = '';
    return (this.takenAtOnce = this.wire.writeText(held));
  }

  /** Forgets what is held: nothing of it may be sent any more. */
  discard(): void {
    this.held = '';
  }

  /** For the end of a turn, like `tell`. */
  write(): void {
    this.waitsForTurn = false;
    this.flush();
    if (this.turnEnded !== null) written.push(this);
  }
  tell(): void {
    this.turnEnded?.();
  }
}

function writeAll(): void {
  const writers = holding;
  holding = [];
  for (const writer of writers) writer.write();
}

/** Whoever is told may write again, and does so in the next turn. */
function endTurn(): void {
  scheduled = false;
  writeAll();
  const writers = written;
  written = [];
  for (const writer of writers) writer.tell();
}
