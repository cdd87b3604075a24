import type { Run } from '../../run/run.js';
import { JavaException } from '../java-exception.js';
import { PatternMachine, type Match } from './pattern-machine.js';
import { PatternSyntaxError } from './pattern-node.js';
import { type PatternProgram, writeProgram } from './pattern-program.js';
import { readPattern } from './pattern-reader.js';

/** Patterns that are kept: nearly all are written in templates, and so are the same every time. */
const MOST_KEPT = 500;
/** Instructions of one that is kept. */
const LARGEST_KEPT = 500;
const kept = new Map<string, PatternProgram>();

function programOf(pattern: string, run: Run): PatternProgram {
  const known = kept.get(pattern);
  if (known !== undefined) return known;
  run.step(pattern.length * 8);
  const program = compiled(pattern);
  run.step(program.code.length);
  if (program.code.length > LARGEST_KEPT) return program;
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(pattern, program);
  return program;
}

function compiled(pattern: string): PatternProgram {
  try {
    return writeProgram(readPattern(pattern));
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    throw new JavaException('java.lang.String', `java.util.regex.PatternSyntaxException: ${error.message}`);
  }
}

const machine = (program: PatternProgram, text: string, run: Run) =>
  new PatternMachine(program, text, (steps) => run.step(steps));

/** String.matches: whether a pattern matches all of a text. */
export function matchesAll(text: string, pattern: string, run: Run): boolean {
  const program = programOf(pattern, run);
  return program.literal === null ? machine(program, text, run).matchesAll() : text === program.literal;
}

/** String.replaceAll and replaceFirst. */
export function replaceMatches(text: string, pattern: string, replacement: string, all: boolean, run: Run): string {
  const program = programOf(pattern, run);
  let replaced = '';
  let from = 0;
  for (const match of matches(program, text, run)) {
    replaced += text.slice(from, match[0]) + expand(replacement, match, text, program);
    run.fits(replaced.length);
    from = match[1] as number;
    if (!all) break;
  }
  return run.text(replaced + text.slice(from));
}

/** String.split. */
export function splitBy(text: string, pattern: string, limit: number, run: Run): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of matches(programOf(pattern, run), text, run)) {
    const [start, end] = [match[0] as number, match[1] as number];
    if (limit > 0 && parts.length === limit - 1) break;
    // Nothing at the beginning is no part of its own.
    if (end === 0) continue;
    parts.push(text.slice(from, start));
    run.room(parts.length);
    from = end;
  }
  if (from === 0) return [text];
  parts.push(text.slice(from));
  if (limit === 0) while (parts.at(-1) === '') parts.pop();
  return parts;
}

function* matches(program: PatternProgram, text: string, run: Run): Generator<Match> {
  if (program.literal !== null && program.literal !== '') {
    yield* literalMatches(program.literal, text, run);
    return;
  }
  const search = machine(program, text, run);
  for (let from = 0; from <= text.length;) {
    const match = search.find(from);
    if (match === null) return;
    run.step();
    yield match;
    const [start, end] = [match[0] as number, match[1] as number];
    from = end > start ? end : end + 1;
  }
}

function* literalMatches(literal: string, text: string, run: Run): Generator<Match> {
  run.step(text.length >> 6);
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
    run.step();
    yield Int32Array.of(at, at + literal.length);
  }
}

/** What a replacement stands for: `$1` and `${name}` are groups, a backslash takes the meaning from what follows it. */
function expand(replacement: string, match: Match, text: string, { groups, names }: PatternProgram): string {
  if (!/[$\\]/.test(replacement)) return replacement;
  let expanded = '';
  for (let n = 0; n < replacement.length; n++) {
    const char = replacement[n] as string;
    if (char === '\\') {
      const escaped = replacement[++n];
      if (escaped === undefined) throw illegal('IllegalArgumentException: character to be escaped is missing');
      expanded += escaped;
    } else if (char === '$') {
      const { group, length } = groupAt(replacement, n + 1, groups, names);
      const [from, to] = [match[group * 2] as number, match[group * 2 + 1] as number];
      if (from >= 0 && to >= 0) expanded += text.slice(from, to);
      n += length;
    } else expanded += char;
  }
  return expanded;
}

function groupAt(
  replacement: string,
  at: number,
  groups: number,
  names: ReadonlyMap<string, number>,
): { group: number; length: number } {
  const [named, name] = /^\{([A-Za-z][A-Za-z0-9]*)\}/.exec(replacement.slice(at, at + 100)) ?? [];
  if (named !== undefined) {
    const group = names.get(name as string);
    if (group === undefined) throw illegal(`IllegalArgumentException: No group with name {${name}}`);
    return { group, length: named.length };
  }
  const first = replacement[at] ?? '';
  if (!/\d/.test(first)) throw illegal('IllegalArgumentException: Illegal group reference');
  let group = Number(first);
  if (group > groups) throw illegal(`IndexOutOfBoundsException: No group ${group}`);
  let length = 1;
  // More digits belong to it as long as there is such a group.
  while (/\d/.test(replacement[at + length] ?? '') && group * 10 + Number(replacement[at + length]) <= groups) {
    group = group * 10 + Number(replacement[at + length++]);
  }
  return { group, length };
}

const illegal = (message: string) => new JavaException('java.lang.String', `java.lang.${message}`);
