import { FORMATS } from '../formats.js';
import type { KeywordFactory } from '../keyword.js';
import type { Report } from '../report.js';

export const maxLength: KeywordFactory<string> = (place) => {
  const most = place.count('maxLength');
  if (most === undefined) return null;
  return (value, report) => {
    // No text has more characters than units.
    if (value.length <= most) return;
    const length = charactersOf(value, report);
    if (length > most) report.fail(() => `string "${value}" is too long (length: ${length}, maximum allowed: ${most})`);
  };
};

export const minLength: KeywordFactory<string> = (place) => {
  const least = place.count('minLength');
  if (least === undefined) return null;
  return (value, report) => {
    if (value.length >= 2 * least) return;
    const length = charactersOf(value, report);
    if (length < least) report.fail(() => `string "${value}" is too short (length: ${length}, required minimum: ${least})`);
  };
};

/** Code points; a surrogate without its other half is one. */
function charactersOf(text: string, { work }: Report): number {
  work.read(text);
  let length = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1) length++;
  return length;
}

export const pattern: KeywordFactory<string> = (place, { patterns }) => {
  const text = place.text('pattern');
  if (text === undefined) return null;
  const isFoundIn = patterns.finder(text, place, 'pattern');
  return (value, report) => {
    if (!isFoundIn(value, report)) report.fail(() => `ECMA 262 regex "${text}" does not match input string "${value}"`);
  };
};

/** Formats that are not known mean nothing, as on AWS. */
export const format: KeywordFactory<string> = (place) => {
  const known = FORMATS.get(place.text('format') ?? '');
  if (known === undefined) return null;
  return (value, report) => {
    report.work.read(value);
    if (!known.fits(value)) report.fail(() => known.message(value));
  };
};
