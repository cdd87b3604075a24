import type { JsonValue } from './json-value.js';
import type { Check } from './keyword.js';
import { Report, TooMuchWork, Work } from './report.js';

/** Decides whether values are valid against one schema. */
export class SchemaValidator {
  constructor(private readonly check: Check) {}

  /**
   * What is wrong with a value, in the words of AWS's validator; null where nothing is. Texts of the value are in it, up to a few thousand characters. What would take too long
   * to decide is not valid.
   *
   * @param characters of the text that the value was read from: what may be spent on it grows with them
   */
  faultsOf(value: JsonValue, characters: number): readonly string[] | null {
    try {
      const report = new Report(new Work(characters));
      this.check(value, report);
      return report.failed ? this.explain(value, characters) : null;
    } catch (error) {
      return [tooLong(error)];
    }
  }

  /** Once more, and told. Most values are valid, and quicker to look at when nothing is to be told. */
  private explain(value: JsonValue, characters: number): string[] {
    const messages: string[] = [];
    try {
      this.check(value, new Report(new Work(characters), messages));
    } catch (error) {
      messages.push(tooLong(error));
    }
    return messages;
  }
}

/** Throws what is no sign of too much work. */
function tooLong(error: unknown): string {
  if (!(error instanceof TooMuchWork)) throw error;
  return `instance takes too long to validate: ${error.message}`;
}
