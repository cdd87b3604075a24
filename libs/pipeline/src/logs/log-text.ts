import { textOf, type ByteText } from '../http/byte-text.js';

/** What JSON escapes, and what is no printable ASCII: a terminal may obey it. */
const ODD_IN_JSON = /[^ !#-[\]-~]/;
const NOT_ASCII = /[\x7f-\uffff]/g;
const ODD_IN_XML = /[^ !#-%(-;=?-~]/;
const EACH_ODD_IN_XML = new RegExp(ODD_IN_XML, 'gu');
/** Stands for what XML 1.0 has no way to say. */
const REPLACEMENT = 0xfffd;

/** A value as it stands between the quotes of JSON, in printable ASCII: it ends neither quotes nor line. */
export function jsonText(value: ByteText): string {
  return ODD_IN_JSON.test(value) ? asciiJson(JSON.stringify(textOf(value)).slice(1, -1)) : value;
}

/** JSON without anything but printable ASCII. */
export function asciiJson(json: string): string {
  return json.replace(NOT_ASCII, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A value as it stands in an element or an attribute of XML, in printable ASCII. */
export function xmlText(value: ByteText): string {
  return ODD_IN_XML.test(value) ? textOf(value).replace(EACH_ODD_IN_XML, characterReference) : value;
}

function characterReference(char: string): string {
  const code = char.codePointAt(0) as number;
  const isCharacter = code === 9 || (code >= 0x20 && code < 0xd800) || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
  return `&#${isCharacter ? code : REPLACEMENT};`;
}
