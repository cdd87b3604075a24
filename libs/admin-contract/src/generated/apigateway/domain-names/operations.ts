// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with domain names. A service extends it and overrides what is built. */
export class DomainNamesOperations {
  async createDomainName(_call: AdminCall, _input: dto.CreateDomainNameRequest): Promise<dto.DomainName> {
    throw notBuilt('CreateDomainName');
  }

  async deleteDomainName(_call: AdminCall, _input: dto.DeleteDomainNameRequest): Promise<void> {
    throw notBuilt('DeleteDomainName');
  }

  async getDomainName(_call: AdminCall, _input: dto.GetDomainNameRequest): Promise<dto.DomainName> {
    throw notBuilt('GetDomainName');
  }

  async getDomainNames(_call: AdminCall, _input: dto.GetDomainNamesRequest): Promise<dto.DomainNames> {
    throw notBuilt('GetDomainNames');
  }

  async updateDomainName(_call: AdminCall, _input: dto.UpdateDomainNameRequest): Promise<dto.DomainName> {
    throw notBuilt('UpdateDomainName');
  }
}
