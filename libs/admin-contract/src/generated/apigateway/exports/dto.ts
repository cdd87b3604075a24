// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';

export class GetExportRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  exportType!: string;

  @Member({ in: 'query', type: 'map', values: { type: 'string' } })
  parameters?: Record<string, string>;

  @Member({ in: 'header', type: 'string', wire: 'Accept' })
  accepts?: string;
}

export class ExportResponse {
  @Member({ in: 'header', type: 'string', wire: 'Content-Type' })
  contentType?: string;

  @Member({ in: 'header', type: 'string', wire: 'Content-Disposition' })
  contentDisposition?: string;

  @Member({ in: 'payload', type: 'blob' })
  body?: Buffer;
}
