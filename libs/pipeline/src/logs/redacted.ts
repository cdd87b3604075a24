import { textOf, type ByteText } from '../http/byte-text.js';
import { jsonText } from './log-text.js';

/** Stands for a secret. */
export const REDACTED = '******';
const SHOWN = 6;
/** So long are the values that AWS makes or takes for API keys. */
const SHORTEST_KEY = 20;

/** Headers and parameters whose values let in whoever has them, in lower case. */
const SECRETS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-amz-security-token',
  'x-amz-signature',
  'access_token',
  'id_token',
  'x-gatehouse-explain',
]);

/** What a log tells of the value of an API key: its last six characters, as on AWS, where enough of it is hidden then. */
export function redactedKey(value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${REDACTED}${value.length < SHORTEST_KEY ? '' : value.slice(-SHOWN)}`;
}

/** A text without values that are secret, the longest of which come first. */
export function withoutSecrets(secrets: readonly string[], text: string): string {
  let shown = text;
  for (const secret of secrets) if (secret.length > REDACTED.length) shown = shown.replaceAll(secret, REDACTED);
  return shown;
}

/** Which values a log leaves out, by the names that they go by. */
export class Redaction {
  private readonly names: ReadonlySet<string>;

  /** @param others names of further secrets, in any case */
  constructor(others: readonly string[] = []) {
    this.names = new Set([...SECRETS, ...others.map((name) => name.toLowerCase())]);
  }

  isSecret(name: string): boolean {
    return this.names.has(name.toLowerCase());
  }

  /** A value as a log tells it under its name. */
  value(name: string, value: ByteText): string {
    if (!this.isSecret(name)) return value;
    return name.toLowerCase() === 'x-api-key' ? (redactedKey(value) as string) : REDACTED;
  }

  /** A URI without the values of parameters that are secret. */
  uri(uri: string): string {
    const mark = uri.indexOf('?');
    if (mark < 0) return uri;
    const parameters = uri.slice(mark + 1).split('&');
    const told = parameters.map((parameter) => {
      const equals = parameter.indexOf('=');
      const name = equals < 0 ? parameter : parameter.slice(0, equals);
      return equals >= 0 && this.isSecret(decoded(name)) ? `${name}=${REDACTED}` : parameter;
    });
    return `${uri.slice(0, mark + 1)}${told.join('&')}`;
  }

  /** The secret values among these (name, value, name, value ...), in each form in which they may stand in a text; the longest first. */
  secretsOf(pairs: readonly string[]): string[] {
    const secrets = new Set<string>();
    for (let i = 0; i < pairs.length; i += 2) {
      const value = pairs[i + 1] as string;
      if (value === '' || !this.isSecret(pairs[i] as string)) continue;
      const text = textOf(value);
      for (const form of [text, JSON.stringify(text).slice(1, -1), jsonText(value), encodeURIComponent(text)]) secrets.add(form);
    }
    return [...secrets].sort((a, b) => b.length - a.length);
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
