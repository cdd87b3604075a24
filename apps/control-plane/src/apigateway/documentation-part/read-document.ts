import { badRequest } from '@gatehouse/aws-wire';
import { parse } from 'yaml';

/**
 * An OpenAPI document (Swagger 2.0 or OpenAPI 3), JSON or YAML, parsed and otherwise unread.
 * Throws `BadRequestException` with AWS's sentence for everything else.
 */
export function readDocument(body: Buffer): Record<string, unknown> {
  const document = parseText(body.toString('utf8'));
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw unreadable();
  if (!('swagger' in document) && !('openapi' in document)) throw unreadable();
  return document as Record<string, unknown>;
}

/** JSON is YAML, but reading it as such takes far longer. */
function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseYaml(text);
  }
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch {
    throw unreadable();
  }
}

const unreadable = () => badRequest('Unable to build importer with provided input.');
