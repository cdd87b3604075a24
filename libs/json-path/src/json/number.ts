/**
 * Java's numbers, as a JSON reader for Java makes them. An Integer is a JavaScript number (always whole, 32 bits), a Long or BigInteger is a bigint;
 * the other two have classes, since 1.0 is another text than 1.
 */
export type JavaNumber = number | bigint | JavaDouble | JavaDecimal;

/** java.lang.Double. */
export class JavaDouble {
  constructor(readonly value: number) {}

  toString(): string {
    return doubleText(this.value);
  }
}

/** java.math.BigDecimal: `unscaled` * 10^-`scale`. */
export class JavaDecimal {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
  ) {}

  /** @throws RangeError for a text that is no decimal number */
  static parse(text: string): JavaDecimal {
    const [, sign, whole, fraction = '', exponent = '0'] = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text) ?? [];
    if (whole === undefined || whole + fraction === '') throw new RangeError('no decimal number');
    const unscaled = BigInt(whole + fraction);
    return new JavaDecimal(sign === '-' ? -unscaled : unscaled, fraction.length - Number(exponent));
  }

  toNumber(): number {
    return Number(`${this.unscaled}e${-this.scale}`);
  }

  toString(): string {
    const negative = this.unscaled < 0n;
    const digits = (negative ? -this.unscaled : this.unscaled).toString();
    return (negative ? '-' : '') + decimalText(digits, this.scale);
  }
}

/** Source: java.math.BigDecimal.toString. */
function decimalText(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const exponent = digits.length - 1 - scale;
  if (scale > 0 && exponent >= -6) {
    const padded = digits.padStart(scale + 1, '0');
    return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return exponent === 0 ? mantissa : `${mantissa}E${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

/** Source: java.lang.Double.toString. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const shortest = value.toExponential();
  const [mantissa, exponent] = (shortest.includes('.') ? shortest : value.toExponential(1)).split('e') as [string, string];
  return `${mantissa}E${Number(exponent)}`;
}

const LEAST_INTEGER = -0x80000000;
const MOST_INTEGER = 0x7fffffff;

/** An Integer where it is one, else a Long or BigInteger. */
export function wholeNumber(value: bigint): number | bigint {
  return value >= LEAST_INTEGER && value <= MOST_INTEGER ? Number(value) : value;
}

/** Whether a whole JavaScript number is within an Integer's 32 bits. */
export function isInteger32(value: number): boolean {
  return value >= LEAST_INTEGER && value <= MOST_INTEGER;
}

/** The nearest double. */
export function numberOf(value: JavaNumber): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof JavaDouble ? value.value : value.toNumber();
}

export function isJavaNumber(value: unknown): value is JavaNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof JavaDouble || value instanceof JavaDecimal;
}
