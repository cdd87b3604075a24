import type { PatternOperation, PatternProgram } from '@gatehouse/snapshot';
import type { Range } from './code-ranges.js';
import type { PatternNode } from './pattern-node.js';
import { UnsupportedPattern } from './unsupported-pattern.js';

/** Instructions of one program, where nothing else is said: what running it costs for each character of a text. */
const MOST_INSTRUCTIONS = 500;
/** Parts that are written, repeats counted. Those that match nothing but the empty text need no instruction. */
const MOST_PARTS = 10_000;

/**
 * A program that may look around itself. Beside the operations of published ones: `boundary` and `no-boundary`, on at `a` where a word does or does not begin or end;
 * `look`, on at `b` where what is in place `a` of `looks` says so.
 */
export interface LookingProgram {
  sets: PatternProgram['sets'];
  code: [operation: PatternOperation | 'boundary' | 'no-boundary' | 'look', a: number, b: number][];
  looks: LookAhead[];
}

/** What must, or must not, stand behind a place. */
export interface LookAhead {
  negated: boolean;
  /** Matches the texts that it matches from their end to their beginning. */
  reversed: LookingProgram;
}

/** What may still be written of one pattern. */
export class Room {
  private partsLeft = MOST_PARTS;

  constructor(private instructionsLeft: number) {}

  takePart(): void {
    if (--this.partsLeft < 0) throw new UnsupportedPattern('too many parts');
  }
  takeInstruction(): void {
    if (--this.instructionsLeft < 0) throw new UnsupportedPattern('too many instructions');
  }
}

/** The instructions of a program and of all that it looks ahead for. */
export function sizeOf({ code, looks }: LookingProgram): number {
  return looks.reduce((size, { reversed }) => size + sizeOf(reversed), code.length);
}

/** Writes the instructions for the parts of a pattern, each before what follows it. */
export class ProgramWriter {
  readonly program: LookingProgram = { sets: [], code: [], looks: [] };
  /** By what they are, and by the part of the pattern that has them. */
  private readonly sets = new Map<string | readonly Range[], number>();

  /**
   * @param room what may be written, with all that is looked ahead for
   * @param backwards so that it matches from the end of a text to its beginning
   * @throws UnsupportedPattern where there is no room
   */
  constructor(
    node: PatternNode,
    private readonly room = new Room(MOST_INSTRUCTIONS),
    private readonly backwards = false,
  ) {
    const { code } = this.program;
    // The first instruction is where the program begins.
    const start = this.add(['match', 0, 0]);
    const match = this.add(['match', 0, 0]);
    const first = this.write(node, match);
    code[start] = ['fork', first, first];
  }

  /** @returns where the instructions for `node` begin, which go on at `next`. */
  private write(node: PatternNode, next: number): number {
    this.room.takePart();
    switch (node.kind) {
      case 'set':
        return this.add(['take', this.set(node.ranges), next]);
      case 'begin':
      case 'line-end':
      case 'end':
      case 'boundary':
      case 'no-boundary':
        return this.add([node.kind, next, 0]);
      case 'sequence': {
        const parts = this.backwards ? [...node.parts].reverse() : node.parts;
        return parts.reduceRight((after, part) => this.write(part, after), next);
      }
      case 'choice':
        return node.parts.map((part) => this.write(part, next)).reduceRight((other, part) => this.add(['fork', part, other]));
      case 'repeat':
        return this.repeat(node.node, node.least, node.most, next);
      case 'look': {
        const { program } = new ProgramWriter(node.node, this.room, true);
        const place = this.program.looks.push({ negated: node.negated, reversed: program }) - 1;
        return this.add(['look', place, next]);
      }
    }
  }

  private repeat(node: PatternNode, least: number, most: number, next: number): number {
    let entry = next;
    if (most === Infinity) {
      entry = this.add(['match', 0, 0]);
      const body = this.write(node, entry);
      this.program.code[entry] = ['fork', body, next];
    } else {
      for (let n = least; n < most; n++) entry = this.add(['fork', this.write(node, entry), next]);
    }
    for (let n = 0; n < least; n++) entry = this.write(node, entry);
    return entry;
  }

  private add(instruction: LookingProgram['code'][number]): number {
    this.room.takeInstruction();
    return this.program.code.push(instruction) - 1;
  }

  private set(ranges: Range[]): number {
    // Repeats write a part many times.
    const known = this.sets.get(ranges);
    if (known !== undefined) return known;
    const name = JSON.stringify(ranges);
    const place = this.sets.get(name) ?? this.program.sets.push(ranges) - 1;
    this.sets.set(name, place).set(ranges, place);
    return place;
  }
}
