import { JsonSyntaxError, parseJson } from '@gatehouse/json-path';
import { JavaException } from '../java/java-exception.js';
import { VtlObject, type VtlValue } from '../java/value.js';
import type { Run } from '../run/run.js';

const JAVA_CLASS = 'Util';

/** By name: what `$util` does to the text of its argument. */
const FUNCTIONS = new Map<string, (text: string) => VtlValue>([
  ['escapeJavaScript', escapeJavaScript],
  ['parseJson', parse],
  ['urlEncode', urlEncode],
  ['urlDecode', urlDecode],
  ['base64Encode', (text) => Buffer.from(text).toString('base64')],
  ['base64Decode', (text) => Buffer.from(text, 'base64').toString()],
]);

/** `$util` */
export class UtilObject extends VtlObject {
  readonly javaClass = JAVA_CLASS;

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    const [arg] = args;
    const apply = FUNCTIONS.get(name);
    if (apply === undefined || args.length !== 1 || arg === null || arg === undefined) return undefined;
    const text = run.textOf(arg);
    run.step(text.length >> 3);
    run.fits(text.length);
    const result = apply(text);
    return typeof result === 'string' ? run.text(result) : result;
  }

  print(): string {
    return '$util';
  }
}

export const UTIL = new UtilObject();

const ESCAPES = new Map([
  ["'", "\\'"],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['/', '\\/'],
  ['\b', '\\b'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

/** Source: commons-lang 2.6, StringEscapeUtils.escapeJavaScript, whose documentation AWS's repeats. */
function escapeJavaScript(text: string): string {
  return text.replace(/['"\\/]|[^ -\u007f]/g, (char) => {
    return ESCAPES.get(char) ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

function parse(text: string): VtlValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new JavaException(JAVA_CLASS, `com.jayway.jsonpath.InvalidJsonException: ${error.message}`);
  }
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Source: java.net.URLEncoder. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, '?'))
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Source: java.net.URLDecoder. */
function urlDecode(text: string): string {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) {
    throw new JavaException(
      JAVA_CLASS,
      'java.lang.IllegalArgumentException: URLDecoder: Illegal hex characters in escape (%) pattern',
    );
  }
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}
