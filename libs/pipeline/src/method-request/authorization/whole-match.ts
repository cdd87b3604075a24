import { PatternMatcher, UndecidedMatch } from '@gatehouse/patterns';
import type { PatternProgram } from '@gatehouse/snapshot';

/** Whether a text as a whole is like a pattern; anything is where there is none. A text that is too long to be decided on is not. */
export function wholeMatch(pattern: PatternProgram | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  const matcher = new PatternMatcher(pattern);
  return (text) => {
    try {
      return matcher.matches(text);
    } catch (error) {
      if (error instanceof UndecidedMatch) return false;
      throw error;
    }
  };
}
