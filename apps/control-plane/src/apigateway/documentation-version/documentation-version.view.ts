import type { DocumentationVersion } from '@gatehouse/admin-contract/apigateway';
import type { DocumentationVersionHead } from './find-documentation-version.js';

/** A documentation version as it goes over the wire. */
export function documentationVersionView(version: DocumentationVersionHead): DocumentationVersion {
  return { version: version.version, createdDate: version.createdDate, description: version.description ?? undefined };
}
