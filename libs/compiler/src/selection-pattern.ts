import { compileJavaPattern, PatternMatcher } from '@gatehouse/patterns';
import type { PatternProgram, StatusRange } from '@gatehouse/snapshot';
import { createContext, Script } from 'node:vm';

const LOWEST = 100;
const HIGHEST = 599;
/** A bracket or `&&` within a character class: Java nests and intersects classes, JavaScript takes the characters as they are. */
const NESTED_CLASS = /\[[^\]]*(?:\[|&&)/;
/** Characters. Translating a pattern takes time with its length, and nothing can interrupt that. */
const MAXIMUM_LENGTH = 1000;
/** For one pattern over all codes, of those that JavaScript has to decide. */
const LIMIT_MS = 50;
/** For the patterns of one deployment that are not known yet. */
const DEPLOYMENT_LIMIT_MS = 1000;
const MOST_KNOWN = 1000;

/** What is known of patterns, the newest last. Those that ran out of time are not: the machine may have been busy. */
const known = new Map<string, StatusRange[] | null>();

const context = createContext(Object.create(null) as { pattern?: string });
/** One digit for each code: 1 where the pattern matches. In braces, because the declarations of a script would stay in the context. */
const script = new Script(`{
  const expression = new RegExp('^(?:' + pattern + ')$', 'u');
  let found = '';
  for (let status = ${LOWEST}; status <= ${HIGHEST}; status++) found += expression.test(String(status)) ? '1' : '0';
  found;
}`);

/**
 * Decides the selection patterns of one deployment, which are Java regular expressions that tenants write. Nearly all are decided exactly and in linear time, so
 * that no machine is too busy for them. Of the others, with look-around and the like, some take longer than the universe lasts: JavaScript runs them under a limit.
 * Gateways run none.
 */
export class SelectionPatterns {
  private spent = 0;

  /**
   * The status codes, from 100 to 599, whose whole text the pattern matches; undefined for a pattern that is longer than 1000 characters, and for one that cannot be
   * decided in linear time and does not mean the same in JavaScript as in Java, or takes too long. Escapes are checked by the `u` flag, which refuses those that
   * JavaScript does not know (`\G`, `\X`) instead of taking them for letters.
   */
  statusesOf(pattern: string): StatusRange[] | undefined {
    if (pattern.length > MAXIMUM_LENGTH || NESTED_CLASS.test(pattern)) return undefined;
    const earlier = known.get(pattern);
    if (earlier !== undefined) return earlier ?? undefined;
    if (this.spent >= DEPLOYMENT_LIMIT_MS) return undefined;
    const began = performance.now();
    const program = compileJavaPattern(pattern);
    const ranges = program === undefined ? matchTwice(pattern) : matchExactly(pattern, program);
    this.spent += performance.now() - began;
    return ranges;
  }
}

function matchExactly(pattern: string, program: PatternProgram): StatusRange[] {
  const matcher = new PatternMatcher(program);
  const codes = Array.from({ length: HIGHEST - LOWEST + 1 }, (_, n) => String(LOWEST + n));
  const ranges = rangesOf(codes.map((code) => (matcher.matches(code) ? '1' : '0')).join(''));
  remember(pattern, ranges);
  return ranges;
}

/** The machine may have been busy with other things the first time. */
const matchTwice = (pattern: string) => matchAll(pattern) ?? (known.has(pattern) ? undefined : matchAll(pattern));

function matchAll(pattern: string): StatusRange[] | undefined {
  try {
    context.pattern = pattern;
    const ranges = rangesOf(script.runInContext(context, { timeout: LIMIT_MS }) as string);
    remember(pattern, ranges);
    return ranges;
  } catch (error) {
    if (!isTimeout(error)) remember(pattern, null);
    return undefined;
  }
}

function rangesOf(found: string): StatusRange[] {
  return [...found.matchAll(/1+/g)].map(({ index, 0: run }) => [LOWEST + index, LOWEST + index + run.length - 1]);
}

function remember(pattern: string, ranges: StatusRange[] | null): void {
  known.set(pattern, ranges);
  if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!);
}

const isTimeout = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
