// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with domain name access associations. A service extends it and overrides what is built. */
export class DomainNameAccessAssociationsOperations {
  async createDomainNameAccessAssociation(_call: AdminCall, _input: dto.CreateDomainNameAccessAssociationRequest): Promise<dto.DomainNameAccessAssociation> {
    throw notBuilt('CreateDomainNameAccessAssociation');
  }

  async deleteDomainNameAccessAssociation(_call: AdminCall, _input: dto.DeleteDomainNameAccessAssociationRequest): Promise<void> {
    throw notBuilt('DeleteDomainNameAccessAssociation');
  }

  async getDomainNameAccessAssociations(_call: AdminCall, _input: dto.GetDomainNameAccessAssociationsRequest): Promise<dto.DomainNameAccessAssociations> {
    throw notBuilt('GetDomainNameAccessAssociations');
  }

  async rejectDomainNameAccessAssociation(_call: AdminCall, _input: dto.RejectDomainNameAccessAssociationRequest): Promise<void> {
    throw notBuilt('RejectDomainNameAccessAssociation');
  }
}
