import { AwsError, badRequest } from '@gatehouse/aws-wire';

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
  refuse(failOnWarnings: boolean): void {
    const warnings = this.warnings.map((warning) => `\n\t${warning}`).join('');
    if (this.errors.length > 0) {
      const errors = this.errors.map((error) => `\n\t${error}`);
      const also = warnings && `\nAdditionally, these warnings were found:${warnings}`;
      throw badRequest(`Errors found during import:${errors.join('')}${also}`);
    }
    if (failOnWarnings && warnings) throw badRequest(`Warnings found during import:${warnings}`);
  }

  private add(place: string, error: unknown): void {
    if (!(error instanceof AwsError)) throw error;
    if (this.errors.length < MOST_ERRORS) this.errors.push(`${place}: ${error.message}`);
  }
}
