import { badRequest, type AwsError } from '@gatehouse/aws-wire';

/** Characters of a tenant's text that an answer shows. */
const SHOWN = 300;

/** What AWS says of a text that is no OpenAPI document. */
export const notOpenApi = () => badRequest('Invalid OpenAPI input.');

/** AWS's sentence with the place of what is wrong. `pointer` is empty for the document as a whole. */
export function invalidInput(pointer: string, line: number, reason: string): AwsError {
  const place = pointer === '' ? `(line ${line})` : `${shown(pointer)} (line ${line})`;
  return badRequest(`Invalid OpenAPI input. ${place}: ${reason}`);
}

/** A tenant's text as an answer shows it: without control characters and not endless. */
export function shown(text: string): string {
  const visible = text.slice(0, SHOWN).replace(/[\p{Control}\p{Surrogate}]/gu, '\uFFFD');
  return text.length > SHOWN ? `${visible}...` : visible;
}
