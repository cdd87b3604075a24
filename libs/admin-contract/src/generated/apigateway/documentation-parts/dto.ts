// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { DocumentationPartLocationType, ImportDocumentationPartsMode, LocationStatus } from '../enums.js';
import { DocumentationPart, DocumentationPartLocation, PatchOperation } from '../shapes.js';
export { DocumentationPart } from '../shapes.js';

export class CreateDocumentationPartRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ type: DocumentationPartLocation, required: true })
  location!: DocumentationPartLocation;

  @Member({ type: 'string', required: true })
  properties!: string;
}

export class DeleteDocumentationPartRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  documentationPartId!: string;
}

export class GetDocumentationPartRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  documentationPartId!: string;
}

export class GetDocumentationPartsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string', enum: DocumentationPartLocationType })
  type?: DocumentationPartLocationType;

  @Member({ in: 'query', type: 'string', wire: 'name' })
  nameQuery?: string;

  @Member({ in: 'query', type: 'string' })
  path?: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;

  @Member({ in: 'query', type: 'string', enum: LocationStatus })
  locationStatus?: LocationStatus;
}

export class ImportDocumentationPartsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string', enum: ImportDocumentationPartsMode })
  mode?: ImportDocumentationPartsMode;

  @Member({ in: 'query', type: 'boolean', wire: 'failonwarnings' })
  failOnWarnings?: boolean;

  @Member({ in: 'payload', type: 'blob', required: true })
  body!: Buffer;
}

export class UpdateDocumentationPartRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  documentationPartId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class DocumentationParts {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: DocumentationPart } })
  item?: DocumentationPart[];
}

export class DocumentationPartIds {
  @Member({ type: 'list', of: { type: 'string' } })
  ids?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];
}
