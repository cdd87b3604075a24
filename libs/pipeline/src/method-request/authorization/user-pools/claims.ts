import { utf8Bytes, type ByteText } from '../../../http/byte-text.js';

/** Of times, AWS shows these as Java prints a date. Source: recorded events of AWS. */
const DATES = new Set(['exp', 'iat']);

/** Claims as mappings and events have them: text. Lists become their members with commas between. Source: recorded events of AWS. */
export function claimTexts(claims: Readonly<Record<string, unknown>>): ReadonlyMap<string, ByteText> {
  const texts = new Map<string, ByteText>();
  for (const [name, value] of Object.entries(claims)) {
    if (value !== null) texts.set(name, utf8Bytes(textOfClaim(name, value)));
  }
  return texts;
}

function textOfClaim(name: string, value: unknown): string {
  if (typeof value === 'number' && DATES.has(name)) return dateText(value);
  return Array.isArray(value) ? value.map(textOfValue).join() : textOfValue(value);
}

function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `Tue Nov 14 22:13:20 UTC 2023`. @param seconds since 1970 */
function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  // `Tue, 14 Nov 2023 22:13:20 GMT`
  const [weekday = '', day, month, year, time] = date.toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`;
}
