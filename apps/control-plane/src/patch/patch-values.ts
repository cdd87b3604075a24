import { notFound, type AwsError } from '@gatehouse/aws-wire';

/** A boolean as AWS reads it in a patch: `true` in any case; everything else, a missing value included, is false. */
export function flag(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** The value, or null when it is missing or empty: a patch clears a member so. */
export function textOrNull(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

/** A whole number within the bounds (inclusive); throws `refusal` for every other text. */
export function wholeNumber(value: string | undefined, minimum: number, maximum: number, refusal: AwsError): number {
  const number = value !== undefined && /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= minimum && number <= maximum)) throw refusal;
  return number;
}

/**
 * Sets one entry of a map whose keys are tenants' names. Plain assignment would lose the name `__proto__`.
 */
export function setEntry<V>(map: Record<string, V>, name: string, value: V): void {
  Object.defineProperty(map, name, { value, writable: true, enumerable: true, configurable: true });
}

/** The value of one entry of such a map; undefined for a name that the map does not have itself. */
export function findEntry<V>(map: Record<string, V>, name: string): V | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Removes one entry; throws `NotFoundException` with `message` when there is none. */
export function removeEntry(map: Record<string, unknown>, name: string, message: string): void {
  if (!Object.hasOwn(map, name)) throw notFound(message);
  delete map[name];
}

/** Replaces the value of one entry; throws `NotFoundException` with `message` when there is none. */
export function replaceEntry<V>(map: Record<string, V>, name: string, value: V, message: string): void {
  if (!Object.hasOwn(map, name)) throw notFound(message);
  setEntry(map, name, value);
}

/** A number, maybe with a fraction, of at least `minimum`; throws `refusal` for every other text. Clients write floats in many ways (`10`, `10.000000`, `1e3`). */
export function decimalNumber(value: string | undefined, minimum: number, refusal: AwsError): number {
  const number = value !== undefined && /^-?\d+(\.\d*)?([eE][-+]?\d{1,3})?$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= minimum && number < Infinity)) throw refusal;
  return number;
}
