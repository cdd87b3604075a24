import { JsonSyntaxError, parseJson, type JsonValue } from '@gatehouse/json-path';

/** The status that the rendered request template of a MOCK integration says; undefined where it says none. Source: recorded behaviour of AWS, which reads it leniently. */
export function mockStatusOf(text: string): number | undefined {
  const value = read(text);
  const status = value instanceof Map ? value.get('statusCode') : undefined;
  return typeof status === 'number' && status >= 100 && status <= 599 ? status : undefined;
}

function read(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
