import { latin1, type Wire } from '@gatehouse/http1';

/** Up to here bytes join the text before them; larger ones are written from where they lie. */
const SMALL_BYTES = 8_192;
/** More text than this waits for no more. */
const MOST_HELD = 16_384;

/** Its reactions run when the turn of the event loop is over, before anything else does. */
const turn = Promise.resolve();

/**
 * Joins what is written within one turn into one write: the head of an answer, a body that came with it, and its end. What has not been flushed by then
 * is written when the turn ends, so that nothing waits for what comes later.
 */
export class TurnWriter {
  private held = '';
  private scheduled = false;
  private readonly turnEnds: () => void;

  /** @param stalled called where the other side does not take what was written at the end of a turn */
  constructor(
    private readonly wire: Wire,
    stalled: () => void,
  ) {
    this.turnEnds = () => {
      this.scheduled = false;
      if (!this.flush()) stalled();
    };
  }

  /** Text of one byte a character. Answers false where the other side takes no more for now: `drained` of the wire follows. */
  text(text: string): boolean {
    this.held += text;
    if (this.held.length > MOST_HELD) return this.flush();
    if (!this.scheduled) {
      this.scheduled = true;
      void turn.then(this.turnEnds);
    }
    return true;
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
    return this.wire.writeText(held);
  }

  /** Forgets what is held: nothing of it may be sent any more. */
  discard(): void {
    this.held = '';
  }
}
