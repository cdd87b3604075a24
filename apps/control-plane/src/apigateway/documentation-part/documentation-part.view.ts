import type { DocumentationPart } from '@gatehouse/admin-contract/apigateway';
import type { DocumentationLocation } from '@gatehouse/api-model';
import type { DocumentationPartEntity } from './documentation-part.entity.js';

/** A documentation part as it goes over the wire. */
export function documentationPartView(part: DocumentationPartEntity): DocumentationPart {
  return { id: part.documentationPartId, location: locationView(part.location), properties: part.properties };
}

/** A part of the API that nothing describes: a location alone. */
export function undocumentedView(location: DocumentationLocation): DocumentationPart {
  return { location: locationView(location) };
}

// The types of locations that are stored are those of the model.
const locationView = (location: DocumentationLocation) => location as NonNullable<DocumentationPart['location']>;
