// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { DocumentationVersion, PatchOperation } from '../shapes.js';
export { DocumentationVersion } from '../shapes.js';

export class CreateDocumentationVersionRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ type: 'string', required: true })
  documentationVersion!: string;

  @Member({ type: 'string' })
  stageName?: string;

  @Member({ type: 'string' })
  description?: string;
}

export class DeleteDocumentationVersionRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  documentationVersion!: string;
}

export class GetDocumentationVersionRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  documentationVersion!: string;
}

export class GetDocumentationVersionsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateDocumentationVersionRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  documentationVersion!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class DocumentationVersions {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: DocumentationVersion } })
  item?: DocumentationVersion[];
}
