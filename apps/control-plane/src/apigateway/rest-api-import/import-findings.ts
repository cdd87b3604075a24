import { AwsError, badRequest } from '@gatehouse/aws-wire';
import { listed, refuseWarnings } from '../../imports/found-warnings.js';

/** Nobody reads more of them. */
const MOST_ERRORS = 100;

/** What an import found wrong, all of it: the document's errors are told together, with their places, and nothing is kept. */
export class ImportFindings {
  private readonly errors: string[] = [];
  readonly warnings: string[];

  constructor(warnings: readonly string[]) {
    this.warnings = [...warnings];
  }

  /** Runs a check of the single operation; its refusal becomes an error of the place, e.g. `Unable to create resource at path '/a'`. */
  check(place: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      this.add(place, error);
    }
  }

  /** Like `check`, for checks that read. */
  async checkLater(place: string, check: () => Promise<void>): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.add(place, error);
    }
  }

  /** Throws `BadRequestException` in AWS's words when there are errors, or warnings that the caller wants to fail for. */
  refuse(failOnWarnings: boolean | undefined): void {
    if (this.errors.length > 0) {
      const also = this.warnings.length > 0 ? `\nAdditionally, these warnings were found:${listed(this.warnings)}` : '';
      throw badRequest(`Errors found during import:${listed(this.errors)}${also}`);
    }
    refuseWarnings(this.warnings, failOnWarnings);
  }

  private add(place: string, error: unknown): void {
    if (!(error instanceof AwsError)) throw error;
    if (this.errors.length < MOST_ERRORS) this.errors.push(`${place}: ${error.message}`);
  }
}
