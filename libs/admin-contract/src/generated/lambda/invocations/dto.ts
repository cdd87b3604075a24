// Generated from the service models by `npm run generate`. Do not edit.
import type { Readable } from 'node:stream';
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { InvokeInvocationType, InvokeWithResponseStreamInvocationType, LogType } from '../enums.js';

@ApiSchema({ name: 'lambda.InvokeRequest' })
export class InvokeRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ in: 'header', type: 'string', enum: InvokeInvocationType, wire: 'X-Amz-Invocation-Type' })
  InvocationType?: InvokeInvocationType;

  @Member({ in: 'header', type: 'string', enum: LogType, wire: 'X-Amz-Log-Type' })
  LogType?: LogType;

  @Member({ in: 'header', type: 'string', wire: 'X-Amz-Client-Context' })
  ClientContext?: string;

  @Member({ in: 'header', type: 'string', pattern: '[a-zA-Z0-9-_]+', min: 1, max: 64, wire: 'X-Amz-Durable-Execution-Name' })
  DurableExecutionName?: string;

  @Member({ in: 'payload', type: 'blob', sensitive: true })
  Payload?: Buffer;

  @Member({ in: 'query', type: 'string', pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+', min: 1, max: 128 })
  Qualifier?: string;

  @Member({ in: 'header', type: 'string', pattern: '[a-zA-Z0-9\\._:\\/=+\\-@ ]+', min: 1, max: 256, wire: 'X-Amz-Tenant-Id' })
  TenantId?: string;
}

@ApiSchema({ name: 'lambda.InvokeWithResponseStreamRequest' })
export class InvokeWithResponseStreamRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ in: 'header', type: 'string', enum: LogType, wire: 'X-Amz-Log-Type' })
  LogType?: LogType;

  @Member({ in: 'header', type: 'string', wire: 'X-Amz-Client-Context' })
  ClientContext?: string;

  @Member({ in: 'query', type: 'string', pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+', min: 1, max: 128 })
  Qualifier?: string;

  @Member({ in: 'payload', type: 'blob', sensitive: true })
  Payload?: Buffer;

  @Member({ in: 'header', type: 'string', pattern: '[a-zA-Z0-9\\._:\\/=+\\-@ ]+', min: 1, max: 256, wire: 'X-Amz-Tenant-Id' })
  TenantId?: string;

  @Member({ in: 'header', type: 'string', enum: InvokeWithResponseStreamInvocationType, wire: 'X-Amz-Invocation-Type' })
  InvocationType?: InvokeWithResponseStreamInvocationType;
}

@ApiSchema({ name: 'lambda.InvocationResponse' })
export class InvocationResponse {
  @Member({ in: 'status', type: 'integer' })
  StatusCode?: number;

  @Member({ in: 'header', type: 'string', wire: 'X-Amz-Function-Error' })
  FunctionError?: string;

  @Member({ in: 'header', type: 'string', wire: 'X-Amz-Log-Result' })
  LogResult?: string;

  @Member({ in: 'payload', type: 'blob', sensitive: true })
  Payload?: Buffer;

  @Member({ in: 'header', type: 'string', pattern: '(\\$LATEST|[0-9]+)', min: 1, max: 1024, wire: 'X-Amz-Executed-Version' })
  ExecutedVersion?: string;

  @Member({ in: 'header', type: 'string', pattern: 'arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\\d{12}):function:([a-zA-Z0-9_-]+):(\\$LATEST(?:\\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)', min: 1, max: 1024, wire: 'X-Amz-Durable-Execution-Arn' })
  DurableExecutionArn?: string;
}

@ApiSchema({ name: 'lambda.InvokeWithResponseStreamResponse' })
export class InvokeWithResponseStreamResponse {
  @Member({ in: 'status', type: 'integer' })
  StatusCode?: number;

  @Member({ in: 'header', type: 'string', pattern: '(\\$LATEST|[0-9]+)', min: 1, max: 1024, wire: 'X-Amz-Executed-Version' })
  ExecutedVersion?: string;

  @Member({ in: 'payload', type: 'stream' })
  EventStream?: Readable;

  @Member({ in: 'header', type: 'string', wire: 'Content-Type' })
  ResponseStreamContentType?: string;
}
