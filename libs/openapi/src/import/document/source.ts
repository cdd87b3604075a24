/** Containers within containers. Deeper documents are refused, so that what reads them may recurse. */
export const MAXIMUM_DEPTH = 200;

/** A document that was read, and the places of its values in the text. */
export interface Source {
  /** As `JSON.parse` makes values: members are own properties, whatever they are called. Not to be changed: YAML aliases share values. */
  readonly value: unknown;
  /** Line (from 1) of what the keys lead to, or of the last thing on the way that exists. */
  lineOf(keys: readonly string[]): number;
  /** A number as it is written (`1.0`, where the value is 1). */
  numberText(keys: readonly string[]): string | undefined;
}
