import { badRequest } from '@gatehouse/aws-wire';

/** The warnings of an import as its answer has them: absent when there are none. */
export const toldWarnings = (warnings: readonly string[]): string[] | undefined =>
  warnings.length > 0 ? [...warnings] : undefined;

/** Sentences as an error lists them, each on a line of its own. */
export const listed = (sentences: readonly string[]): string => sentences.map((sentence) => `\n\t${sentence}`).join('');

/** Throws `BadRequestException` in AWS's words when the client wants to fail for the warnings of its import. Nothing may be kept then. */
export function refuseWarnings(warnings: readonly string[], failOnWarnings: boolean | undefined): void {
  if (failOnWarnings && warnings.length > 0) throw badRequest(`Warnings found during import:${listed(warnings)}`);
}
