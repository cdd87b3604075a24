import { compareDecimals, isMultiple, type Decimal } from '../decimal.js';
import { printJson, toDecimal, typeOf, INTEGER, NUMBER, type ExactNumber } from '../json-value.js';
import type { Check, KeywordFactory } from '../keyword.js';
import type { SchemaPlace } from '../schema-place.js';

type Numeric = number | ExactNumber;
/** What arithmetic with decimals costs more than a look. */
const STEPS_OF_ARITHMETIC = 20;

/** Source of the messages: the Java library json-schema-validator, which AWS validates with. */
export const minimum: KeywordFactory<Numeric> = (place) =>
  bound(place, 'minimum', (order) => order >= 0, {
    exclusive: (limit) => `numeric instance is not strictly greater than the required minimum ${limit}`,
    inclusive: (limit, found) => `numeric instance is lower than the required minimum (minimum: ${limit}, found: ${found})`,
  });

export const maximum: KeywordFactory<Numeric> = (place) =>
  bound(place, 'maximum', (order) => order <= 0, {
    exclusive: (limit) => `numeric instance is not strictly lower than the required maximum ${limit}`,
    inclusive: (limit, found) => `numeric instance is greater than the required maximum (maximum: ${limit}, found: ${found})`,
  });

interface BoundMessages {
  exclusive(limit: string): string;
  inclusive(limit: string, found: string): string;
}

/** @param isWithin by the sign of the comparison of a value with the limit */
function bound(
  place: SchemaPlace,
  keyword: 'minimum' | 'maximum',
  isWithin: (order: number) => boolean,
  messages: BoundMessages,
): Check<Numeric> | null {
  const exclusiveKeyword = keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  const isExclusive = place.flag(exclusiveKeyword) ?? false;
  const limit = numberOf(place, keyword);
  if (limit === undefined)
    return place.keyword(exclusiveKeyword) === undefined ? null : place.refuse(exclusiveKeyword, `needs ${keyword}`);
  const decimal = toDecimal(limit);
  return (value, report) => {
    let order: number;
    if (typeof value === 'number' && typeof limit === 'number') {
      // Doubles of at most 15 digits are in the order of what was written.
      order = value < limit ? -1 : value > limit ? 1 : 0;
    } else {
      report.work.spend(STEPS_OF_ARITHMETIC);
      order = compareDecimals(toDecimal(value), decimal);
    }
    if (!isWithin(order)) report.fail(() => messages.inclusive(printJson(limit), printJson(value)));
    else if (isExclusive && order === 0) report.fail(() => messages.exclusive(printJson(limit)));
  };
}

export const multipleOf: KeywordFactory<Numeric> = (place) => {
  const divisor = numberOf(place, 'multipleOf');
  if (divisor === undefined) return null;
  const decimal = toDecimal(divisor);
  if (decimal.units <= 0n) return place.refuse('multipleOf', 'is not greater than 0');
  const shift = shiftOf(decimal);
  return (value, report) => {
    let fits: boolean;
    const shifted = typeof value === 'number' && shift !== null ? Math.round(value * shift.power) : Infinity;
    if (Math.abs(shifted) < FIFTEEN_DIGITS && shift !== null) {
      // Doubles of at most 15 digits are told apart by what was written: what is not the shifted number has more digits behind its point than the divisor.
      fits = shifted / shift.power === value && shifted % shift.divisor === 0;
    } else {
      report.work.spend(STEPS_OF_ARITHMETIC);
      fits = isMultiple(toDecimal(value), decimal);
    }
    if (!fits) report.fail(() => `remainder of division is not zero (${printJson(value)} / ${printJson(divisor)})`);
  };
};

const FIFTEEN_DIGITS = 1e15;
/** Of ten, that doubles hold exactly. */
const HIGHEST_POWER = 22;

/** The divisor as a whole number, and what it was multiplied with for that; null where doubles cannot count with it. */
function shiftOf({ units, scale }: Decimal): { divisor: number; power: number } | null {
  if (scale < 0 || scale > HIGHEST_POWER || units >= BigInt(FIFTEEN_DIGITS)) return null;
  return { divisor: Number(units), power: 10 ** scale };
}

function numberOf(place: SchemaPlace, keyword: string): Numeric | undefined {
  const value = place.keyword(keyword);
  if (value === undefined) return undefined;
  const type = typeOf(value);
  return type === INTEGER || type === NUMBER ? (value as Numeric) : place.refuse(keyword, 'is not a number');
}
