import { isLineTerminator, isWordCharacter } from './char-class.js';
import type { Anchor } from './pattern-node.js';
import type { PatternProgram } from './pattern-program.js';

/** Where groups begin and end, the whole match first; -1 for one that has not taken part. */
export type Match = Int32Array;

/**
 * Runs a program over one text as java.util.regex does: alternatives are tried one after the other. That can take exponential time, so every instruction is
 * paid for.
 */
export class PatternMachine {
  /** @param pay for so many instructions; throws when there is nothing left */
  constructor(
    private readonly program: PatternProgram,
    private readonly text: string,
    private readonly pay: (steps: number) => void,
  ) {}

  /** The first match from a place on. */
  find(from: number): Match | null {
    const { text, program } = this;
    const [first] = program.code;
    const lead = first?.op === 'char' ? String.fromCodePoint(first.code) : null;
    const slots = this.emptySlots();
    for (let at = from; at <= text.length; at++) {
      if (lead !== null) {
        const next = text.indexOf(lead, at);
        this.pay(((next < 0 ? text.length : next) - at) >> 4);
        if (next < 0) return null;
        at = next;
      }
      if (this.matchesAt(at, null, slots)) return slots;
    }
    return null;
  }

  matchesAll(): boolean {
    return this.matchesAt(0, this.text.length, this.emptySlots());
  }

  private emptySlots(): Int32Array {
    const { slots } = this.program;
    this.pay(slots >> 3);
    return new Int32Array(slots).fill(-1);
  }

  /** @param end where the match has to end; null for anywhere @param slots empty; they are what was matched afterwards, or as they were */
  private matchesAt(start: number, end: number | null, slots: Int32Array): boolean {
    const stop = this.run(0, start, end, slots);
    if (stop < 0) return false;
    slots[0] = start;
    slots[1] = stop;
    return true;
  }

  /** @returns where the match ends; -1 when there is none, with slots as they were */
  private run(entry: number, start: number, end: number | null, slots: Int32Array): number {
    const { text } = this;
    const { code } = this.program;
    // What is tried when what is tried now fails: where to go on and at which place, or (below zero) which slot gets back what it had.
    const stack: number[] = [];
    let pc = entry;
    let at = start;
    let steps = 0;
    for (;;) {
      if (++steps === 256) {
        this.pay(steps);
        steps = 0;
      }
      const instruction = code[pc];
      let isPassed = true;
      switch (instruction?.op) {
        case 'char':
        case 'class': {
          const char = text.codePointAt(at);
          isPassed = char !== undefined && (instruction.op === 'char' ? char === instruction.code : instruction.takes(char));
          if (isPassed) at += (char as number) > 0xffff ? 2 : 1;
          pc++;
          break;
        }
        case 'split':
          stack.push(instruction.second, at);
          pc = instruction.first;
          break;
        case 'jump':
          pc = instruction.to;
          break;
        case 'save':
          stack.push(-1 - instruction.slot, slots[instruction.slot] as number);
          slots[instruction.slot] = at;
          pc++;
          break;
        case 'unless-moved':
          pc = slots[instruction.slot] === at ? instruction.to : pc + 1;
          break;
        case 'anchor':
          isPassed = this.holds(instruction.anchor, at);
          pc++;
          break;
        case 'back-reference': {
          const length = this.repeated(slots, instruction.number, at, instruction.ignoresCase);
          isPassed = length >= 0;
          at += length;
          pc++;
          break;
        }
        case 'atomic':
        case 'look': {
          this.pay(slots.length >> 3);
          const before = slots.slice();
          const stop =
            instruction.op === 'look' && instruction.isBehind
              ? this.behind(pc + 1, at, slots)
              : this.run(pc + 1, at, null, slots);
          const isNegative = instruction.op === 'look' && instruction.isNegative;
          isPassed = stop >= 0 !== isNegative;
          if (isNegative || !isPassed) slots.set(before);
          else for (const [slot, value] of before.entries()) if (value !== slots[slot]) stack.push(-1 - slot, value);
          if (isPassed && instruction.op === 'atomic') at = stop;
          pc = instruction.to;
          break;
        }
        case 'match':
        case undefined:
          if (end === null || at === end) {
            this.pay(steps);
            return at;
          }
          isPassed = false;
      }
      while (!isPassed) {
        const value = stack.pop();
        const next = stack.pop();
        if (next === undefined) {
          this.pay(steps);
          return -1;
        }
        if (next < 0) slots[-1 - next] = value as number;
        else {
          pc = next;
          at = value as number;
          isPassed = true;
        }
      }
    }
  }

  private behind(entry: number, at: number, slots: Int32Array): number {
    for (let from = at; from >= 0; from--) {
      this.pay(1);
      if (this.run(entry, from, at, slots) >= 0) return at;
    }
    return -1;
  }

  /** How long what a group took is when it stands here again; -1 when it does not. */
  private repeated(slots: Int32Array, number: number, at: number, ignoresCase: boolean): number {
    const [from, to] = [slots[number * 2] ?? -1, slots[number * 2 + 1] ?? -1];
    if (from < 0 || to < from) return -1;
    const taken = this.text.slice(from, to);
    this.pay(taken.length);
    const here = this.text.slice(at, at + taken.length);
    return here === taken || (ignoresCase && here.toLowerCase() === taken.toLowerCase()) ? taken.length : -1;
  }

  private holds(anchor: Anchor, at: number): boolean {
    const { text } = this;
    switch (anchor) {
      case 'begin':
        return at === 0;
      case 'end':
        return at === text.length;
      case 'last-line-end':
        return at >= lastLineEnd(text) && !splitsPair(text, at);
      case 'line-begin':
        return at === 0 || (at < text.length && isTerminator(text, at - 1) && !splitsPair(text, at));
      case 'line-end':
        return at === text.length || (isTerminator(text, at) && !splitsPair(text, at));
      case 'word':
      case 'not-word':
        return (isWordAt(text, at - 1) !== isWordAt(text, at)) === (anchor === 'word');
    }
  }
}

const isTerminator = (text: string, at: number) => isLineTerminator(text.charCodeAt(at));
const isWordAt = (text: string, at: number) => at >= 0 && at < text.length && isWordCharacter(text.charCodeAt(at));
/** Between the two characters of one line end. */
const splitsPair = (text: string, at: number) => text[at - 1] === '\r' && text[at] === '\n';

function lastLineEnd(text: string): number {
  if (text.endsWith('\r\n')) return text.length - 2;
  return text !== '' && isTerminator(text, text.length - 1) ? text.length - 1 : text.length;
}
