import { Piece } from './piece.js';

/**
 * A pattern in which `*` stands for any characters, none included, and `?` for one. Deciding takes time linear in the text: each piece between two asterisks
 * is taken at the first place where it stands, and never looked for again.
 */
export class Wildcards {
  private constructor(private readonly pieces: readonly Piece[]) {}

  /** Of a text as it is written in a policy. */
  static of(pattern: string): Wildcards {
    return new WildcardsBuilder().pattern(pattern).build();
  }

  /** For `WildcardsBuilder` alone. */
  static fromPieces(pieces: readonly Piece[]): Wildcards {
    return new Wildcards(pieces);
  }

  /** Whether all of `text` fits. Letter case counts. */
  matches(text: string): boolean {
    const { pieces } = this;
    const first = pieces[0] as Piece;
    if (pieces.length === 1) return first.length === text.length && first.isAt(text, 0);
    const last = pieces[pieces.length - 1] as Piece;
    const end = text.length - last.length;
    if (first.length > end || !first.isAt(text, 0) || !last.isAt(text, end)) return false;
    let at = first.length;
    for (let piece = 1; piece < pieces.length - 1; piece++) {
      const middle = pieces[piece] as Piece;
      const found = middle.find(text, at, end);
      if (found < 0) return false;
      at = found + middle.length;
    }
    return true;
  }
}

/** Puts a pattern together of texts with wildcards and of texts that are meant as they are. */
export class WildcardsBuilder {
  private readonly pieces: Piece[] = [];
  private text = '';
  private holes: number[] = [];

  pattern(text: string): this {
    for (const character of text.split(/([*?])/)) {
      if (character === '*') this.endPiece();
      else if (character === '?') {
        this.holes.push(this.text.length);
        this.text += character;
      } else this.literal(character);
    }
    return this;
  }

  literal(text: string): this {
    this.text += text;
    return this;
  }

  build(): Wildcards {
    this.endPiece();
    // Between two asterisks that follow one another there is nothing to look for.
    return Wildcards.fromPieces(this.pieces.filter((piece, at) => piece.length > 0 || at === 0 || at === this.pieces.length - 1));
  }

  private endPiece(): void {
    this.pieces.push(new Piece(this.text, this.holes));
    this.text = '';
    this.holes = [];
  }
}
