import { pointerOfKeys, type DocumentPlace } from './place.js';

/** Containers within containers. Deeper documents are refused, so that what reads them may recurse. */
export const MAXIMUM_DEPTH = 200;

/** A document that was read, and the places of its values in the text. */
export interface Source {
  /** As `JSON.parse` makes values: members are own properties, whatever they are called. Not to be changed: YAML aliases share values. */
  readonly value: unknown;
  /**
   * Line (from 1) of what each of the lists of keys leads to, or of the last thing on the way that exists. However many they are, it is one
   * look through the document.
   */
  linesOf(places: readonly (readonly string[])[]): number[];
  /** A number as it is written (`1.0`, where the value is 1). */
  numberText(keys: readonly string[]): string | undefined;
}

/** The places that the lists of keys lead to. Ask for all at once: it costs a look through the document. */
export function placesIn(source: Source, places: readonly (readonly string[])[]): DocumentPlace[] {
  const lines = source.linesOf(places);
  return places.map((keys, index) => ({ pointer: pointerOfKeys(keys), line: lines[index] ?? 1 }));
}
