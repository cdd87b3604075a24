// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { SdkType } from '../shapes.js';
export { SdkType } from '../shapes.js';

export class GetSdkRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  sdkType!: string;

  @Member({ in: 'query', type: 'map', values: { type: 'string' } })
  parameters?: Record<string, string>;
}

export class GetSdkTypeRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  id!: string;
}

export class GetSdkTypesRequest {
  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class SdkResponse {
  @Member({ in: 'header', type: 'string', wire: 'Content-Type' })
  contentType?: string;

  @Member({ in: 'header', type: 'string', wire: 'Content-Disposition' })
  contentDisposition?: string;

  @Member({ in: 'payload', type: 'blob' })
  body?: Buffer;
}

export class SdkTypes {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: SdkType } })
  item?: SdkType[];
}
