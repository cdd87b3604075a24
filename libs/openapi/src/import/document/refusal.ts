import { badRequest, type AwsError } from '@gatehouse/aws-wire';
import type { DocumentPlace } from './place.js';

/** Characters of a tenant's text that an answer shows. */
const SHOWN = 300;

/** What AWS says of a text that is no OpenAPI document. */
export const INVALID_INPUT = 'Invalid OpenAPI input.';
export const notOpenApi = () => badRequest(INVALID_INPUT);

/** AWS's sentence with the place of what is wrong. */
export function invalidInput(place: DocumentPlace, reason: string): AwsError {
  return badRequest(`${INVALID_INPUT} ${describePlace(place)}: ${reason}`);
}

/** A place as answers name it: `/paths/~1pets/get (line 12)`. */
export function describePlace({ pointer, line }: DocumentPlace): string {
  return pointer === '' ? `(line ${line})` : `${shown(pointer)} (line ${line})`;
}

/** A sentence of AWS with the place of what it is about behind it; without a place the sentence alone. */
export function withPlace(sentence: string, place: DocumentPlace | undefined): string {
  if (!place) return sentence;
  return `${sentence} [${place.pointer === '' ? `line ${place.line}` : describePlace(place)}]`;
}

/** A tenant's text as an answer shows it: without control characters and not endless. */
export function shown(text: string): string {
  const visible = text.slice(0, SHOWN).replace(/[\p{Control}\p{Surrogate}]/gu, '\uFFFD');
  return text.length > SHOWN ? `${visible}...` : visible;
}
