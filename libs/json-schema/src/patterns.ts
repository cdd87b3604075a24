import { compileEcmaPattern, PatternSearch, sizeOf, UndecidedMatch, UnsupportedPattern } from '@gatehouse/patterns';
import { TooMuchWork, type Report } from './report.js';
import type { SchemaPlace } from './schema-place.js';

/** Whether a pattern is found in a text. */
export type PatternFinder = (text: string, report: Report) => boolean;

/** Instructions of all patterns together: some twenty megabytes. */
const MOST_INSTRUCTIONS = 300_000;

/** The patterns of many schemas, each compiled once. */
export class Patterns {
  private readonly finders = new Map<string, PatternFinder>();
  private instructions = 0;

  /**
   * What finds a pattern in texts.
   *
   * @throws RefusedSchema for a pattern that cannot be searched for in linear time, or is one too many
   */
  finder(pattern: string, place: SchemaPlace, keyword: string): PatternFinder {
    const known = this.finders.get(pattern);
    if (known !== undefined) return known;
    const finder = finderOf(this.search(pattern, place, keyword));
    this.finders.set(pattern, finder);
    return finder;
  }

  private search(pattern: string, place: SchemaPlace, keyword: string): PatternSearch {
    try {
      const program = compileEcmaPattern(pattern);
      this.instructions += sizeOf(program);
      if (this.instructions > MOST_INSTRUCTIONS)
        throw new UnsupportedPattern('too many instructions, together with other patterns');
      return new PatternSearch(program);
    } catch (error) {
      if (!(error instanceof UnsupportedPattern)) throw error;
      return place.refuse(keyword, `the pattern ${JSON.stringify(pattern)} cannot be matched: ${error.message}`);
    }
  }
}

function finderOf(search: PatternSearch): PatternFinder {
  return (text, { work }) => {
    work.read(text);
    try {
      return search.isFoundIn(text);
    } catch (error) {
      throw error instanceof UndecidedMatch ? new TooMuchWork('a text that is too long for a pattern') : error;
    }
  };
}
