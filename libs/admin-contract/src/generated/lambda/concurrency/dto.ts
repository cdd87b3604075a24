// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
export { Concurrency } from '../shapes.js';

@ApiSchema({ name: 'lambda.DeleteFunctionConcurrencyRequest' })
export class DeleteFunctionConcurrencyRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;
}

@ApiSchema({ name: 'lambda.GetFunctionConcurrencyRequest' })
export class GetFunctionConcurrencyRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;
}

@ApiSchema({ name: 'lambda.PutFunctionConcurrencyRequest' })
export class PutFunctionConcurrencyRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ type: 'integer', min: 0, required: true })
  ReservedConcurrentExecutions!: number;
}

@ApiSchema({ name: 'lambda.GetFunctionConcurrencyResponse' })
export class GetFunctionConcurrencyResponse {
  @Member({ type: 'integer', min: 0 })
  ReservedConcurrentExecutions?: number;
}
