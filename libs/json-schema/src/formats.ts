import { isIPv4, isIPv6 } from 'node:net';

/** A format of texts: whether a text has it, and what to say where it has not. */
export interface Format {
  fits(text: string): boolean;
  message(text: string): string;
}

const isNo = (what: string) => (text: string) => `string "${text}" is not a valid ${what}`;

/** The formats that AWS's validator checks, with its messages; others mean nothing. Source: the Java library json-schema-validator. */
export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  [
    'date-time',
    {
      fits: isDateTime,
      message: (text) =>
        `string "${text}" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]`,
    },
  ],
  ['email', { fits: isEmail, message: isNo('email address') }],
  ['hostname', { fits: isHostname, message: isNo('hostname') }],
  ['ipv4', { fits: isIPv4, message: isNo('IPv4 address') }],
  ['ipv6', { fits: (text) => isIPv6(text) && !text.includes('%'), message: isNo('IPv6 address') }],
  ['regex', { fits: isRegex, message: isNo('ECMA 262 regular expression') }],
  ['uri', { fits: isUri, message: isNo('URI') }],
  [
    'uuid',
    {
      fits: (text) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text),
      message: (text) => `input string "${text}" is not a valid UUID`,
    },
  ],
]);

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,12})?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/;

function isDateTime(text: string): boolean {
  const [, year, month, day] = DATE_TIME.exec(text) ?? [];
  if (year === undefined) return false;
  const last = Number(month) === 2 ? 28 + (isLeap(Number(year)) ? 1 : 0) : [4, 6, 9, 11].includes(Number(month)) ? 30 : 31;
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= last;
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Local parts and domains as JavaMail takes them when it is strict. */
const LOCAL_PART = /^(?:[^\x00-\x20\x7f()<>,;:\\"[\].@]+(?:\.[^\x00-\x20\x7f()<>,;:\\"[\].@]+)*|"(?:[^"\\\r\n]|\\.)*")$/;
const MAIL_DOMAIN = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/;
/** Characters. */
const LONGEST_NAME = 253;

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  return at > 0 && LOCAL_PART.test(text.slice(0, at)) && MAIL_DOMAIN.test(text.slice(at + 1));
}

const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/;

function isHostname(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  if (name.length > LONGEST_NAME) return false;
  const labels = name.split('.');
  return labels.every((label) => LABEL.test(label)) && !/^\d/.test(labels.at(-1) ?? '');
}

function isRegex(text: string): boolean {
  try {
    // It is read, never run.
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** What a URI consists of: no blanks, controls and delimiters that have no place in it, and no broken percent-encoding. */
const URI_TEXT = /^(?:[^\x00-\x20\x7f<>"{}|\\^`%]|%[0-9A-Fa-f]{2})*$/;
const URI_PARTS = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#[^#]*)?$/;

/** Like `new java.net.URI`: relative references are URIs too. */
function isUri(text: string): boolean {
  if (!URI_TEXT.test(text)) return false;
  const parts = URI_PARTS.exec(text);
  if (parts === null) return false;
  const [, scheme, authority, path = '', query] = parts;
  if (scheme !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) return false;
  if (scheme !== undefined && authority === undefined && path === '' && query === undefined) return false;
  if (authority === '' && path === '') return false;
  if (authority !== undefined && /[[\]]/.test(authority) && !/^(?:[^[\]]*@)?\[[0-9A-Fa-f:.]+\](?::\d*)?$/.test(authority))
    return false;
  return !/[[\]]/.test(path);
}
