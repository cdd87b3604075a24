import type { CharClass } from './char-class.js';
import { type Anchor, type ParsedPattern, type PatternNode, PatternSyntaxError } from './pattern-node.js';

/** Instructions of one program. */
const MOST_INSTRUCTIONS = 20_000;

/** Where they do not say otherwise, instructions go on with the next one. */
export type Instruction =
  | { op: 'char'; code: number }
  | { op: 'class'; takes: CharClass }
  /** Tries `first`, then `second`. */
  | { op: 'split'; first: number; second: number }
  | { op: 'jump'; to: number }
  /** Notes the place in a slot. */
  | { op: 'save'; slot: number }
  /** Goes to `to` when nothing was taken since the slot was saved. */
  | { op: 'unless-moved'; slot: number; to: number }
  | { op: 'anchor'; anchor: Anchor }
  | { op: 'back-reference'; number: number; ignoresCase: boolean }
  /** Runs what follows up to its `match` by itself, then goes on at `to`. */
  | { op: 'atomic'; to: number }
  | { op: 'look'; to: number; isBehind: boolean; isNegative: boolean }
  | { op: 'match' };

export interface PatternProgram {
  code: readonly Instruction[];
  /** The first are those of groups: begin and end of each, the whole one first. */
  slots: number;
  groups: number;
  names: ReadonlyMap<string, number>;
  /** What the pattern is when it has nothing but characters. */
  literal: string | null;
}

/** @throws PatternSyntaxError for a pattern that is too large */
export function writeProgram({ node, groups, names }: ParsedPattern): PatternProgram {
  const writer = new ProgramWriter(groups);
  writer.write(node);
  writer.add({ op: 'match' });
  return { code: writer.code, slots: writer.slots, groups, names, literal: literalOf(node) };
}

function literalOf(node: PatternNode): string | null {
  if (node.kind === 'char') return String.fromCodePoint(node.code);
  if (node.kind !== 'sequence') return null;
  const parts = node.parts.map(literalOf);
  return parts.includes(null) ? null : parts.join('');
}

class ProgramWriter {
  readonly code: Instruction[] = [];

  slots: number;

  constructor(private readonly groups: number) {
    this.slots = (groups + 1) * 2;
  }

  add(instruction: Instruction): number {
    if (this.code.length >= MOST_INSTRUCTIONS) throw new PatternSyntaxError('A pattern that is too large');
    return this.code.push(instruction) - 1;
  }

  write(node: PatternNode): void {
    switch (node.kind) {
      case 'char':
        this.add({ op: 'char', code: node.code });
        return;
      case 'class':
        this.add({ op: 'class', takes: node.takes });
        return;
      case 'anchor':
        this.add({ op: 'anchor', anchor: node.anchor });
        return;
      case 'back-reference':
        // One to a group that does not exist matches nothing.
        if (node.number > this.groups) this.add({ op: 'class', takes: () => false });
        else this.add({ op: 'back-reference', number: node.number, ignoresCase: node.ignoresCase });
        return;
      case 'sequence':
        for (const part of node.parts) this.write(part);
        return;
      case 'choice':
        this.choice(node.parts);
        return;
      case 'group':
        this.add({ op: 'save', slot: node.number * 2 });
        this.write(node.node);
        this.add({ op: 'save', slot: node.number * 2 + 1 });
        return;
      case 'repeat':
        this.repeat(node.node, node.least, node.most, node.isLazy);
        return;
      case 'atomic':
        this.apart(node.node, (to) => ({ op: 'atomic', to }));
        return;
      case 'look':
        this.apart(node.node, (to) => ({ op: 'look', to, isBehind: node.isBehind, isNegative: node.isNegative }));
    }
  }

  private apart(node: PatternNode, instruction: (to: number) => Instruction): void {
    const at = this.add({ op: 'match' });
    this.write(node);
    this.add({ op: 'match' });
    this.code[at] = instruction(this.code.length);
  }

  private choice(parts: readonly PatternNode[]): void {
    const ends: number[] = [];
    for (const [n, part] of parts.entries()) {
      if (n === parts.length - 1) {
        this.write(part);
        break;
      }
      const split = this.add({ op: 'match' });
      this.write(part);
      ends.push(this.add({ op: 'match' }));
      this.code[split] = { op: 'split', first: split + 1, second: this.code.length };
    }
    for (const end of ends) this.code[end] = { op: 'jump', to: this.code.length };
  }

  private repeat(node: PatternNode, least: number, most: number, isLazy: boolean): void {
    for (let n = 0; n < least; n++) this.write(node);
    if (most === Infinity) this.loop(node, isLazy);
    else this.optional(node, most - least, isLazy);
  }

  private loop(node: PatternNode, isLazy: boolean): void {
    const slot = this.slots++;
    const split = this.add({ op: 'match' });
    this.add({ op: 'save', slot });
    this.write(node);
    const check = this.add({ op: 'match' });
    this.add({ op: 'jump', to: split });
    const end = this.code.length;
    this.code[check] = { op: 'unless-moved', slot, to: end };
    this.code[split] = splitTo(split + 1, end, isLazy);
  }

  private optional(node: PatternNode, count: number, isLazy: boolean): void {
    const splits: number[] = [];
    for (let n = 0; n < count; n++) {
      splits.push(this.add({ op: 'match' }));
      this.write(node);
    }
    for (const split of splits) this.code[split] = splitTo(split + 1, this.code.length, isLazy);
  }
}

function splitTo(into: number, past: number, isLazy: boolean): Instruction {
  return { op: 'split', first: isLazy ? past : into, second: isLazy ? into : past };
}
