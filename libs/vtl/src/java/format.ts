import { isJavaNumber, JavaDecimal, JavaDouble, numberOf } from '@gatehouse/json-path';
import type { Run } from '../run/run.js';
import { hashCode } from './equality.js';
import { JavaException } from './java-exception.js';
import type { VtlValue } from './value.js';

const SPECIFIER = /%(?:(\d{1,3})\$)?([-#+ 0,(]*)(\d{1,4})?(?:\.(\d{1,3}))?([a-zA-Z%])/y;

/** String.format, without dates. */
export function format(pattern: string, args: readonly VtlValue[], run: Run): string {
  let text = '';
  let next = 0;
  for (let at = 0; at < pattern.length;) {
    const percent = pattern.indexOf('%', at);
    if (percent < 0) return text + pattern.slice(at);
    text += pattern.slice(at, percent);
    SPECIFIER.lastIndex = percent;
    const specifier = SPECIFIER.exec(pattern);
    if (specifier === null) throw wrong(`UnknownFormatConversionException: Conversion = '%'`);
    const [whole, index, flags = '', width, precision, conversion = ''] = specifier;
    at = percent + whole.length;
    if (conversion === 'n') text += '\n';
    else if (conversion === '%') text += padded('%', flags, Number(width ?? 0));
    else {
      const place = index === undefined ? next++ : Number(index) - 1;
      if (place < 0 || place >= args.length) throw wrong(`MissingFormatArgumentException: Format specifier '${whole}'`);
      const digits = precision === undefined ? undefined : Number(precision);
      text += padded(
        converted(conversion, args[place] as VtlValue, flags, digits, Number(width ?? 0), run),
        flags,
        Number(width ?? 0),
      );
    }
    run.fits(text.length);
    run.step(8);
  }
  return text;
}

const wrong = (message: string) => new JavaException('java.lang.String', `java.util.${message}`);

function padded(text: string, flags: string, width: number): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

function converted(
  conversion: string,
  value: VtlValue,
  flags: string,
  precision: number | undefined,
  width: number,
  run: Run,
): string {
  const text = lowerCased(conversion.toLowerCase(), value, flags, precision, width, run);
  return conversion === conversion.toLowerCase() ? text : text.toUpperCase();
}

function lowerCased(
  conversion: string,
  value: VtlValue,
  flags: string,
  precision: number | undefined,
  width: number,
  run: Run,
): string {
  switch (conversion) {
    case 's':
      return run.textOf(value).slice(0, precision ?? Infinity);
    case 'b':
      return String(typeof value === 'boolean' ? value : value !== null).slice(0, precision ?? Infinity);
    case 'h':
      return value === null ? 'null' : (hashCode(value, run) >>> 0).toString(16);
    case 'c':
      if (value === null) return 'null';
      if (typeof value === 'number' && value >= 0 && value <= 0x10ffff) return String.fromCodePoint(value);
      if (typeof value === 'string' && [...value].length === 1) return value;
      throw mismatch(conversion);
    case 'd':
      if (value === null) return 'null';
      if (typeof value !== 'number' && typeof value !== 'bigint') throw mismatch(conversion);
      return signed(value < 0, grouped(String(value).replace('-', ''), flags), flags, width);
    case 'x':
    case 'o': {
      if (value === null) return 'null';
      if (typeof value !== 'number' && typeof value !== 'bigint') throw mismatch(conversion);
      const unsigned = typeof value === 'number' ? BigInt(value >>> 0) : BigInt.asUintN(64, value);
      return signed(false, unsigned.toString(conversion === 'x' ? 16 : 8), flags.replace(/[+ (]/g, ''), width);
    }
    case 'f':
    case 'e': {
      if (value === null) return 'null';
      if (!isJavaNumber(value) || !(value instanceof JavaDouble || value instanceof JavaDecimal)) throw mismatch(conversion);
      const number = numberOf(value);
      if (!Number.isFinite(number)) return String(number);
      const size = Math.abs(number);
      const digits = Math.min(precision ?? 6, 100);
      return signed(
        number < 0,
        conversion === 'f' ? grouped(fixed(size, digits), flags) : scientific(size, digits),
        flags,
        width,
      );
    }
    default:
      throw wrong(`UnknownFormatConversionException: Conversion = '${conversion}'`);
  }
}

const mismatch = (conversion: string) => wrong(`IllegalFormatConversionException: ${conversion}`);

/** Java rounds the shortest decimal text of a number half up, JavaScript its binary value. */
function fixed(size: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = size.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent) - fraction.length + digits;
  const unscaled = BigInt(whole + fraction);
  const rounded =
    shift >= 0
      ? unscaled * 10n ** BigInt(shift)
      : -shift > 400
        ? 0n
        : (unscaled + 5n * 10n ** BigInt(-shift - 1)) / 10n ** BigInt(-shift);
  if (digits === 0) return rounded.toString();
  const text = rounded.toString().padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function scientific(size: number, digits: number): string {
  return size.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
}

function grouped(digits: string, flags: string): string {
  if (!flags.includes(',')) return digits;
  const [whole = '', fraction] = digits.split('.');
  let text = whole.slice(-3);
  for (let end = whole.length - 3; end > 0; end -= 3) text = `${whole.slice(Math.max(0, end - 3), end)},${text}`;
  return fraction === undefined ? text : `${text}.${fraction}`;
}

function signed(isNegative: boolean, digits: string, flags: string, width: number): string {
  const [before, after] = isNegative
    ? flags.includes('(')
      ? ['(', ')']
      : ['-', '']
    : [flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '', ''];
  const zeros = flags.includes('0') ? Math.max(0, width - before.length - digits.length - after.length) : 0;
  return before + '0'.repeat(zeros) + digits + after;
}
