// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with documentation versions. A service extends it and overrides what is built. */
export class DocumentationVersionsOperations {
  async createDocumentationVersion(_call: AdminCall, _input: dto.CreateDocumentationVersionRequest): Promise<dto.DocumentationVersion> {
    throw notBuilt('CreateDocumentationVersion');
  }

  async deleteDocumentationVersion(_call: AdminCall, _input: dto.DeleteDocumentationVersionRequest): Promise<void> {
    throw notBuilt('DeleteDocumentationVersion');
  }

  async getDocumentationVersion(_call: AdminCall, _input: dto.GetDocumentationVersionRequest): Promise<dto.DocumentationVersion> {
    throw notBuilt('GetDocumentationVersion');
  }

  async getDocumentationVersions(_call: AdminCall, _input: dto.GetDocumentationVersionsRequest): Promise<dto.DocumentationVersions> {
    throw notBuilt('GetDocumentationVersions');
  }

  async updateDocumentationVersion(_call: AdminCall, _input: dto.UpdateDocumentationVersionRequest): Promise<dto.DocumentationVersion> {
    throw notBuilt('UpdateDocumentationVersion');
  }
}
