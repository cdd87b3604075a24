// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with documentation parts. A service extends it and overrides what is built. */
export class DocumentationPartsOperations {
  async createDocumentationPart(_call: AdminCall, _input: dto.CreateDocumentationPartRequest): Promise<dto.DocumentationPart> {
    throw notBuilt('CreateDocumentationPart');
  }

  async deleteDocumentationPart(_call: AdminCall, _input: dto.DeleteDocumentationPartRequest): Promise<void> {
    throw notBuilt('DeleteDocumentationPart');
  }

  async getDocumentationPart(_call: AdminCall, _input: dto.GetDocumentationPartRequest): Promise<dto.DocumentationPart> {
    throw notBuilt('GetDocumentationPart');
  }

  async getDocumentationParts(_call: AdminCall, _input: dto.GetDocumentationPartsRequest): Promise<dto.DocumentationParts> {
    throw notBuilt('GetDocumentationParts');
  }

  async importDocumentationParts(_call: AdminCall, _input: dto.ImportDocumentationPartsRequest): Promise<dto.DocumentationPartIds> {
    throw notBuilt('ImportDocumentationParts');
  }

  async updateDocumentationPart(_call: AdminCall, _input: dto.UpdateDocumentationPartRequest): Promise<dto.DocumentationPart> {
    throw notBuilt('UpdateDocumentationPart');
  }
}
