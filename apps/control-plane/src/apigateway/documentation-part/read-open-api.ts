import { AwsError, badRequest } from '@gatehouse/aws-wire';
import { readDocument } from '@gatehouse/openapi';

/**
 * An OpenAPI document (Swagger 2.0 or OpenAPI 3), JSON or YAML, otherwise unread. Its texts are such that Postgres can keep them.
 * Throws `BadRequestException` with AWS's sentence for everything else.
 */
export function readOpenApi(body: Buffer): Record<string, unknown> {
  const document = valueOf(body.toString('utf8'));
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw unreadable();
  if (!Object.hasOwn(document, 'swagger') && !Object.hasOwn(document, 'openapi')) throw unreadable();
  return document as Record<string, unknown>;
}

function valueOf(text: string): unknown {
  try {
    return readDocument(text).value;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw unreadable();
  }
}

const unreadable = () => badRequest('Unable to build importer with provided input.');
