// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';

@ApiSchema({ name: 'apigatewayv2.ExportApiRequest' })
export class ExportApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  exportVersion?: string;

  @Member({ in: 'query', type: 'boolean' })
  includeExtensions?: boolean;

  @Member({ in: 'query', type: 'string', required: true })
  outputType!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  specification!: string;

  @Member({ in: 'query', type: 'string' })
  stageName?: string;
}

@ApiSchema({ name: 'apigatewayv2.ExportApiResponse' })
export class ExportApiResponse {
  @Member({ in: 'payload', type: 'blob' })
  body?: Buffer;
}
