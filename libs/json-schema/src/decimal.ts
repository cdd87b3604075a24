/** A number as it is written: `units` * 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** The number that a literal of JSON is. */
export function decimalOf(literal: string): Decimal {
  const [mantissa = '', exponent = '0'] = literal.split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}

/** Below 0 where `a` is less than `b`, above 0 where it is more. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = scaled(a, scale) - scaled(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether the division of one by the other, which is not 0, leaves nothing. */
export function isMultiple(value: Decimal, divisor: Decimal): boolean {
  const scale = Math.max(value.scale, divisor.scale);
  return scaled(value, scale) % scaled(divisor, scale) === 0n;
}

/** A text that is the same for equal numbers. */
export function canonicalDecimal({ units, scale }: Decimal): string {
  if (units === 0n) return '0';
  const digits = String(units);
  const significant = digits.replace(/0+$/, '');
  return `${significant}e${digits.length - significant.length - scale}`;
}

const scaled = ({ units, scale }: Decimal, to: number) => units * 10n ** BigInt(to - scale);
