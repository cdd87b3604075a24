import { AwsError } from '@gatehouse/aws-wire';
import { decodePosition, type KeyPart } from '../paging/position.js';
import { invalidParameter } from './refusals.js';

/** Items of one answer at most, whatever a request asks for. Source: AWS Lambda API, ListFunctions. */
const MOST_ITEMS = 50;

export const itemsOfPage = (maxItems: number | undefined) => Math.min(maxItems ?? MOST_ITEMS, MOST_ITEMS);

/** As `decodePosition`, in Lambda's words. */
export function decodeMarker(marker: string | undefined, parts: readonly KeyPart[]): string[] | undefined {
  try {
    return decodePosition(marker, parts);
  } catch (error) {
    throw error instanceof AwsError ? invalidParameter('Invalid Marker') : error;
  }
}
