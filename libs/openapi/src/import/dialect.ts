import { shown } from '@gatehouse/aws-wire';
import type { DocumentNode } from './document/document-node.js';
import { notOpenApi } from './document/refusal.js';

/** The specification that a document follows. */
export type DialectVersion = '2.0' | '3.0' | '3.1';

/**
 * The specification that the document says it follows. Throws `BadRequestException`: AWS's sentence alone when it says none, with the place
 * for one that is not supported. Source: API Gateway developer guide, api-gateway-import-api; 3.1 is beyond AWS.
 */
export function dialectOf(root: DocumentNode): DialectVersion {
  if (!root.isObject) throw notOpenApi();
  const swagger = root.member('swagger');
  const openapi = root.member('openapi');
  const named = swagger ?? openapi;
  if (!named) throw notOpenApi();
  const version = named.writtenText();
  if (swagger) {
    if (version === '2.0') return '2.0';
  } else {
    if (/^3\.0(?:\.\d+)?$/.test(version)) return '3.0';
    if (/^3\.1(?:\.\d+)?$/.test(version)) return '3.1';
  }
  throw named.refuse(`unsupported version '${shown(version)}'; Swagger 2.0, OpenAPI 3.0 and OpenAPI 3.1 are supported`);
}
