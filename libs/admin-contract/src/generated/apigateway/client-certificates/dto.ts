// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { ClientCertificate, PatchOperation } from '../shapes.js';
export { ClientCertificate } from '../shapes.js';

export class DeleteClientCertificateRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  clientCertificateId!: string;
}

export class GenerateClientCertificateRequest {
  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class GetClientCertificateRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  clientCertificateId!: string;
}

export class GetClientCertificatesRequest {
  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateClientCertificateRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  clientCertificateId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class ClientCertificates {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: ClientCertificate } })
  item?: ClientCertificate[];
}
