import type { PatternProgram } from '@gatehouse/snapshot';
import { contains } from './code-ranges.js';

/** What one selection may cost: instructions that are looked at, over all characters of a text. */
const MOST_STEPS = 2_000_000;

/** A text is too long for its patterns: whether it matches is not known. */
export class UndecidedMatch extends Error {}

/**
 * Runs a pattern that the compiler laid out. All alternatives are followed at once, so that no pattern takes longer than its length times that of the text.
 *
 * @throws TypeError for a program that is none
 */
export class PatternMatcher {
  /** By instruction: the number of the character at which it was reached last. */
  private readonly reached: Uint32Array;
  private readonly current: number[] = [];
  private readonly following: number[] = [];
  private readonly stack: number[] = [];
  private steps = 0;

  constructor(private readonly program: PatternProgram) {
    const { code, sets } = program;
    const isPlace = (place: number, list: readonly unknown[]) => Number.isInteger(place) && place >= 0 && place < list.length;
    for (const [operation, a, b] of code) {
      const wrong =
        operation === 'take'
          ? !isPlace(a, sets) || !isPlace(b, code)
          : operation !== 'match' && (!isPlace(a, code) || (operation === 'fork' && !isPlace(b, code)));
      if (wrong) throw new TypeError('a pattern whose instructions lead nowhere');
    }
    if (code.length === 0) throw new TypeError('a pattern without instructions');
    this.reached = new Uint32Array(code.length);
  }

  /**
   * Whether the pattern matches all of a text.
   *
   * @throws UndecidedMatch where that would take too long
   */
  matches(text: string): boolean {
    const { code, sets } = this.program;
    const { reached, current, following } = this;
    const lastLine = lastLineEnd(text);
    reached.fill(0);
    this.steps = 0;
    current.length = 0;
    let visit = 1;
    this.follow(0, 0, text.length, lastLine, visit, current);
    for (let at = 0; at < text.length;) {
      const char = text.codePointAt(at) as number;
      at += char > 0xffff ? 2 : 1;
      visit++;
      following.length = 0;
      for (const place of current) {
        const [operation, set, next] = code[place] as PatternProgram['code'][number];
        if (operation === 'take' && contains(sets[set] as PatternProgram['sets'][number], char)) {
          this.follow(next, at, text.length, lastLine, visit, following);
        }
      }
      if (following.length === 0) return false;
      current.length = 0;
      current.push(...following);
    }
    return current.some((place) => code[place]?.[0] === 'match');
  }

  /** Adds the instructions to `out` that are reached from one without taking a character: those that take one, and the end. */
  private follow(from: number, at: number, length: number, lastLine: number, visit: number, out: number[]): void {
    const { code } = this.program;
    const { reached, stack } = this;
    stack.push(from);
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      if (reached[place] === visit) continue;
      reached[place] = visit;
      if (++this.steps > MOST_STEPS) {
        stack.length = 0;
        throw new UndecidedMatch();
      }
      const [operation, a, b] = code[place] as PatternProgram['code'][number];
      switch (operation) {
        case 'take':
        case 'match':
          out.push(place);
          break;
        case 'fork':
          stack.push(b, a);
          break;
        case 'begin':
          if (at === 0) stack.push(a);
          break;
        case 'line-end':
          if (at === length || at === lastLine) stack.push(a);
          break;
        case 'end':
          if (at === length) stack.push(a);
      }
    }
  }
}

/** Where the text ends without its last line terminator. Source: java.util.regex, `$`. */
function lastLineEnd(text: string): number {
  if (text.endsWith('\r\n')) return text.length - 2;
  return /[\n\r\u0085\u2028\u2029]$/.test(text) ? text.length - 1 : text.length;
}
