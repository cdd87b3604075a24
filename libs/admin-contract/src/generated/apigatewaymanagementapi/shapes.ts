// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../validation/member.js';

@ApiSchema({ name: 'apigatewaymanagementapi.Identity' })
export class Identity {
  @Member({ type: 'string', required: true })
  sourceIp!: string;

  @Member({ type: 'string', required: true })
  userAgent!: string;
}
