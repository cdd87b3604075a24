/** Which characters (code points) a class takes. */
export type CharClass = (code: number) => boolean;

export const range =
  (first: number, last: number): CharClass =>
  (code) =>
    code >= first && code <= last;
export const anyOf =
  (classes: readonly CharClass[]): CharClass =>
  (code) =>
    classes.some((takes) => takes(code));
export const allOf =
  (classes: readonly CharClass[]): CharClass =>
  (code) =>
    classes.every((takes) => takes(code));
export const not =
  (takes: CharClass): CharClass =>
  (code) =>
    !takes(code);

const one = (...codes: number[]): CharClass => {
  const set = new Set(codes);
  return (code) => set.has(code);
};
const upper = range(0x41, 0x5a);
const lower = range(0x61, 0x7a);
const digit = range(0x30, 0x39);
const alpha = anyOf([upper, lower]);
const alnum = anyOf([alpha, digit]);
const space = anyOf([range(0x09, 0x0d), one(0x20)]);
const horizontal = anyOf([one(0x09, 0x20, 0xa0, 0x1680, 0x180e, 0x202f, 0x205f, 0x3000), range(0x2000, 0x200a)]);
const vertical = anyOf([range(0x0a, 0x0d), one(0x85, 0x2028, 0x2029)]);

export const isWordCharacter = anyOf([alnum, one(0x5f)]);
export const isLineTerminator = one(0x0a, 0x0d, 0x85, 0x2028, 0x2029);

/** `\d` and the like. */
export const ESCAPED_CLASSES = new Map<string, CharClass>([
  ['d', digit],
  ['D', not(digit)],
  ['w', isWordCharacter],
  ['W', not(isWordCharacter)],
  ['s', space],
  ['S', not(space)],
  ['h', horizontal],
  ['H', not(horizontal)],
  ['v', vertical],
  ['V', not(vertical)],
]);

const POSIX = new Map<string, CharClass>([
  ['Lower', lower],
  ['Upper', upper],
  ['ASCII', range(0, 0x7f)],
  ['Alpha', alpha],
  ['Digit', digit],
  ['Alnum', alnum],
  ['Punct', (code) => code > 0x20 && code < 0x7f && !alnum(code)],
  ['Graph', range(0x21, 0x7e)],
  ['Print', range(0x20, 0x7e)],
  ['Blank', one(0x20, 0x09)],
  ['Cntrl', anyOf([range(0, 0x1f), one(0x7f)])],
  ['XDigit', anyOf([digit, range(0x41, 0x46), range(0x61, 0x66)])],
  ['Space', space],
]);

const CATEGORY = /^(?:Is)?([LMNPSZC][a-z]?)$/;
const BINARY = new Map([
  ['IsAlphabetic', 'Alphabetic'],
  ['IsLetter', 'L'],
  ['IsDigit', 'Nd'],
  ['IsLowercase', 'Lowercase'],
  ['IsUppercase', 'Uppercase'],
  ['IsPunctuation', 'P'],
  ['IsWhite_Space', 'White_Space'],
  ['IsIdeographic', 'Ideographic'],
  ['javaLowerCase', 'Lowercase'],
  ['javaUpperCase', 'Uppercase'],
  ['javaLetter', 'L'],
  ['javaDigit', 'Nd'],
  ['javaWhitespace', 'White_Space'],
]);

/** `\p{name}`; undefined for a name that is none. */
export function propertyClass(name: string): CharClass | undefined {
  const posix = POSIX.get(name);
  if (posix !== undefined) return posix;
  const property = CATEGORY.exec(name)?.[1] ?? BINARY.get(name) ?? script(name);
  if (property === undefined) return undefined;
  try {
    const pattern = new RegExp(`^\\p{${property}}$`, 'u');
    return (code) => pattern.test(String.fromCodePoint(code));
  } catch {
    return undefined;
  }
}

function script(name: string): string | undefined {
  const found = /^(?:Is|script=|sc=)([A-Z][A-Za-z_]{2,30})$/.exec(name)?.[1];
  return found === undefined ? undefined : `Script=${found}`;
}

/** With the other case of ASCII letters; of all letters where `unicode` says so. */
export function ignoringCase(takes: CharClass, unicode: boolean): CharClass {
  return (code) => {
    if (takes(code)) return true;
    if (alpha(code)) return takes(code ^ 0x20);
    if (!unicode || code < 0x80) return false;
    const char = String.fromCodePoint(code);
    return [char.toLowerCase(), char.toUpperCase()].some((other) => takes(other.codePointAt(0) as number));
  };
}
