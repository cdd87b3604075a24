// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { Identity } from '../shapes.js';

@ApiSchema({ name: 'apigatewaymanagementapi.DeleteConnectionRequest' })
export class DeleteConnectionRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  connectionId!: string;
}

@ApiSchema({ name: 'apigatewaymanagementapi.GetConnectionRequest' })
export class GetConnectionRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  connectionId!: string;
}

@ApiSchema({ name: 'apigatewaymanagementapi.PostToConnectionRequest' })
export class PostToConnectionRequest {
  @Member({ in: 'payload', type: 'blob', max: 131072, required: true, wire: 'Data' })
  data!: Buffer;

  @Member({ in: 'uri', type: 'string', required: true })
  connectionId!: string;
}

@ApiSchema({ name: 'apigatewaymanagementapi.GetConnectionResponse' })
export class GetConnectionResponse {
  @Member({ type: 'timestamp' })
  connectedAt?: Date;

  @Member({ type: Identity })
  identity?: Identity;

  @Member({ type: 'timestamp' })
  lastActiveAt?: Date;
}
