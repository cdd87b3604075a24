// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with client certificates. A service extends it and overrides what is built. */
export class ClientCertificatesOperations {
  async deleteClientCertificate(_call: AdminCall, _input: dto.DeleteClientCertificateRequest): Promise<void> {
    throw notBuilt('DeleteClientCertificate');
  }

  async generateClientCertificate(_call: AdminCall, _input: dto.GenerateClientCertificateRequest): Promise<dto.ClientCertificate> {
    throw notBuilt('GenerateClientCertificate');
  }

  async getClientCertificate(_call: AdminCall, _input: dto.GetClientCertificateRequest): Promise<dto.ClientCertificate> {
    throw notBuilt('GetClientCertificate');
  }

  async getClientCertificates(_call: AdminCall, _input: dto.GetClientCertificatesRequest): Promise<dto.ClientCertificates> {
    throw notBuilt('GetClientCertificates');
  }

  async updateClientCertificate(_call: AdminCall, _input: dto.UpdateClientCertificateRequest): Promise<dto.ClientCertificate> {
    throw notBuilt('UpdateClientCertificate');
  }
}
