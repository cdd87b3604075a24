import { contains } from './code-ranges.js';
import { UndecidedMatch } from './pattern-matcher.js';
import type { LookingProgram } from './program-writer.js';

/** What one search may cost: instructions that are looked at, over all units of a text. */
const MOST_STEPS = 2_000_000;
/** States that are remembered, and instructions in them; more begin anew. */
const MOST_STATES = 128;
const MOST_PLACES = 20_000;
const ASCII = 128;
/** No state is known for a unit yet. */
const UNKNOWN = 0xffff;

/**
 * Finds a pattern anywhere in a text, in time linear in the text: all alternatives are followed at once. Where no instruction looks around, the sets of alternatives that come up
 * are remembered with what follows them, so that a usual text costs one look a unit.
 */
export class PatternSearch {
  private readonly remembered: RememberedStates | null;

  constructor(private readonly program: LookingProgram) {
    const looksAround = program.code.some(([operation]) => LOOKING.has(operation));
    this.remembered = looksAround ? null : new RememberedStates(program);
  }

  /**
   * Whether the pattern is found in a text.
   *
   * @throws UndecidedMatch where that would take too long
   */
  isFoundIn(text: string): boolean {
    if (this.remembered !== null) return this.remembered.search(text);
    return new Pass(this.program, text, { steps: 0 }).isFound();
  }
}

const LOOKING = new Set<LookingProgram['code'][number][0]>(['look', 'boundary', 'no-boundary']);

/** Instructions that are reached together: those that take a unit. */
interface State {
  readonly places: readonly number[];
  /** The pattern was found. */
  readonly matched: boolean;
  /** It is found where the text ends here. */
  readonly matchedAtEnd: boolean;
  /** By unit below 128: the number of the state that follows. */
  readonly next: Uint16Array;
}

/** The deterministic machine of a program, as far as texts have led into it. */
class RememberedStates {
  private states: State[] = [];
  private numbers = new Map<string, number>();
  private places = 0;
  private readonly seen: Uint32Array;
  private visit = 0;
  private steps = 0;
  /** The end of a text alone may be what is looked for. */
  private readonly mayBeAtEnd: boolean;

  constructor(private readonly program: LookingProgram) {
    this.seen = new Uint32Array(program.code.length);
    this.mayBeAtEnd = this.closure([0], false, true).matched;
  }

  search(text: string): boolean {
    this.steps = 0;
    if (this.states.length === 0) this.begin();
    let state = this.states[0] as State;
    for (let at = 0; at < text.length; at++) {
      if (state.matched) return true;
      if (state.places.length === 0 && !this.mayBeAtEnd) return false;
      const unit = text.charCodeAt(at);
      const known = unit < ASCII ? (state.next[unit] as number) : UNKNOWN;
      state = known === UNKNOWN ? this.follow(state, unit) : (this.states[known] as State);
    }
    return state.matched || state.matchedAtEnd;
  }

  private begin(): void {
    this.states = [];
    this.numbers.clear();
    this.places = 0;
    this.remember([0], true);
  }

  private follow(state: State, unit: number): State {
    const { code, sets } = this.program;
    // A search may begin anywhere.
    const reached = [0];
    for (const place of state.places) {
      const [, set, next] = code[place] as LookingProgram['code'][number];
      if (contains(sets[set] as LookingProgram['sets'][number], unit)) reached.push(next);
    }
    if (this.states.length >= MOST_STATES || this.places > MOST_PLACES) {
      this.begin();
      return this.states[this.remember(reached, false)] as State;
    }
    const number = this.remember(reached, false);
    if (unit < ASCII) state.next[unit] = number;
    return this.states[number] as State;
  }

  /** The number of the state that has these instructions and all those that are reached from them without a unit. */
  private remember(reached: readonly number[], atBegin: boolean): number {
    const { places, matched } = this.closure(reached, atBegin, false);
    const matchedAtEnd = this.closure(reached, atBegin, true).matched;
    const name = `${atBegin}${matched}${matchedAtEnd}${places.join()}`;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.states.push({ places, matched, matchedAtEnd, next: new Uint16Array(ASCII).fill(UNKNOWN) }) - 1;
    this.numbers.set(name, number);
    this.places += places.length;
    return number;
  }

  private closure(reached: readonly number[], atBegin: boolean, atEnd: boolean): { places: number[]; matched: boolean } {
    const { code } = this.program;
    const visit = ++this.visit;
    const places: number[] = [];
    const stack = [...reached];
    let matched = false;
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      if (this.seen[place] === visit) continue;
      this.seen[place] = visit;
      if (++this.steps > MOST_STEPS) throw new UndecidedMatch();
      const [operation, a, b] = code[place] as LookingProgram['code'][number];
      if (operation === 'take') places.push(place);
      else if (operation === 'match') matched = true;
      else if (operation === 'fork') stack.push(b, a);
      else if (operation === 'begin' ? atBegin : atEnd) stack.push(a);
    }
    return { places: places.sort((a, b) => a - b), matched };
  }
}

/** One search of a program that looks around, or of what it looks for. */
class Pass {
  private readonly seen: Uint32Array;
  private visit = 0;
  /** By look of the program: where what it looks for stands. */
  private readonly standing: readonly Uint8Array[];

  constructor(
    private readonly program: LookingProgram,
    private readonly text: string,
    private readonly budget: { steps: number },
  ) {
    this.seen = new Uint32Array(program.code.length);
    // What a program looks for is found for all places at once, from the end of the text to its beginning.
    this.standing = program.looks.map(({ reversed }) => new Pass(reversed, text, budget).beginnings());
  }

  isFound(): boolean {
    let places: number[] = [];
    for (let at = 0; at <= this.text.length; at++) {
      const reached = at === 0 ? [] : this.taken(places, this.text.charCodeAt(at - 1));
      const closure = this.closure([...reached, 0], at);
      if (closure.matched) return true;
      places = closure.places;
    }
    return false;
  }

  /** Where texts begin that a reversed program matches: 1 at each such place. */
  private beginnings(): Uint8Array {
    const { text } = this;
    const found = new Uint8Array(text.length + 1);
    let places: number[] = [];
    for (let at = text.length; at >= 0; at--) {
      const reached = at === text.length ? [] : this.taken(places, text.charCodeAt(at));
      const closure = this.closure([...reached, 0], at);
      if (closure.matched) found[at] = 1;
      places = closure.places;
    }
    return found;
  }

  private taken(places: readonly number[], unit: number): number[] {
    const { code, sets } = this.program;
    const reached: number[] = [];
    for (const place of places) {
      const [, set, next] = code[place] as LookingProgram['code'][number];
      if (contains(sets[set] as LookingProgram['sets'][number], unit)) reached.push(next);
    }
    return reached;
  }

  private closure(stack: number[], at: number): { places: number[]; matched: boolean } {
    const { code } = this.program;
    const visit = ++this.visit;
    const places: number[] = [];
    let matched = false;
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      if (this.seen[place] === visit) continue;
      this.seen[place] = visit;
      if (++this.budget.steps > MOST_STEPS) throw new UndecidedMatch();
      const [operation, a, b] = code[place] as LookingProgram['code'][number];
      if (operation === 'take') places.push(place);
      else if (operation === 'match') matched = true;
      else if (operation === 'fork') stack.push(b, a);
      else if (operation === 'look') {
        if (this.stands(a, at)) stack.push(b);
      } else if (this.holds(operation, at)) stack.push(a);
    }
    return { places, matched };
  }

  private stands(look: number, at: number): boolean {
    const { negated } = this.program.looks[look] as LookingProgram['looks'][number];
    return ((this.standing[look] as Uint8Array)[at] === 1) !== negated;
  }

  private holds(anchor: LookingProgram['code'][number][0], at: number): boolean {
    if (anchor === 'begin') return at === 0;
    if (anchor === 'end') return at === this.text.length;
    const atBoundary = isWord(this.text, at - 1) !== isWord(this.text, at);
    return atBoundary === (anchor === 'boundary');
  }
}

function isWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f || (unit >= 0x61 && unit <= 0x7a);
}
