import { AwsError, badRequest } from '@gatehouse/aws-wire';
import { withPlace, type ImportedApi, type Placed } from '@gatehouse/openapi';
import { listed, refuseWarnings } from '../../imports/found-warnings.js';

/** Nobody reads more of them. */
const MOST_ERRORS = 100;

/** What an import found wrong, all of it: the document's errors are told together, with their places, and nothing is kept. */
export class ImportFindings {
  private readonly errors: string[] = [];
  readonly warnings: string[];
  private readonly places: ImportedApi['places'];

  constructor({ warnings, places }: Pick<ImportedApi, 'warnings' | 'places'>) {
    this.warnings = [...warnings];
    this.places = places;
  }

  /**
   * Runs a check of the single operation; its refusal becomes an error of what could not be done, e.g.
   * `Unable to create resource at path '/a'`, with the place of what the document defines there. `defined` is undefined for what comes
   * from elsewhere.
   */
  check(undone: string, defined: Placed | undefined, check: () => void): void {
    try {
      check();
    } catch (error) {
      this.add(undone, defined, error);
    }
  }

  /** Like `check`, for checks that read. */
  async checkLater(undone: string, defined: Placed | undefined, check: () => Promise<void>): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.add(undone, defined, error);
    }
  }

  warn(sentence: string, defined: Placed): void {
    this.warnings.push(withPlace(sentence, this.places.get(defined)));
  }

  /** Throws `BadRequestException` in AWS's words when there are errors, or warnings that the caller wants to fail for. */
  refuse(failOnWarnings: boolean | undefined): void {
    if (this.errors.length > 0) {
      const also = this.warnings.length > 0 ? `\nAdditionally, these warnings were found:${listed(this.warnings)}` : '';
      throw badRequest(`Errors found during import:${listed(this.errors)}${also}`);
    }
    refuseWarnings(this.warnings, failOnWarnings);
  }

  private add(undone: string, defined: Placed | undefined, error: unknown): void {
    if (!(error instanceof AwsError)) throw error;
    const place = defined && this.places.get(defined);
    if (this.errors.length < MOST_ERRORS) this.errors.push(withPlace(`${undone}: ${error.message}`, place));
  }
}
