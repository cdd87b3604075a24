import { badRequest, shown, type AwsError } from '@gatehouse/aws-wire';
import type { DocumentPlace } from './place.js';

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
