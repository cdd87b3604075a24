// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { AliasConfiguration, AliasRoutingConfiguration } from '../shapes.js';
export { AliasConfiguration } from '../shapes.js';

@ApiSchema({ name: 'lambda.CreateAliasRequest' })
export class CreateAliasRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ type: 'string', pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)', min: 1, max: 128, required: true })
  Name!: string;

  @Member({ type: 'string', pattern: '(\\$LATEST(\\.PUBLISHED)?|[0-9]+)', min: 1, max: 1024, required: true })
  FunctionVersion!: string;

  @Member({ type: 'string', min: 0, max: 256 })
  Description?: string;

  @Member({ type: AliasRoutingConfiguration })
  RoutingConfig?: AliasRoutingConfiguration;
}

@ApiSchema({ name: 'lambda.DeleteAliasRequest' })
export class DeleteAliasRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ in: 'uri', type: 'string', pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)', min: 1, max: 128, required: true })
  Name!: string;
}

@ApiSchema({ name: 'lambda.GetAliasRequest' })
export class GetAliasRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ in: 'uri', type: 'string', pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)', min: 1, max: 128, required: true })
  Name!: string;
}

@ApiSchema({ name: 'lambda.ListAliasesRequest' })
export class ListAliasesRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ in: 'query', type: 'string', pattern: '(\\$LATEST(\\.PUBLISHED)?|[0-9]+)', min: 1, max: 1024 })
  FunctionVersion?: string;

  @Member({ in: 'query', type: 'string' })
  Marker?: string;

  @Member({ in: 'query', type: 'integer', min: 1, max: 10000 })
  MaxItems?: number;
}

@ApiSchema({ name: 'lambda.UpdateAliasRequest' })
export class UpdateAliasRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ in: 'uri', type: 'string', pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)', min: 1, max: 128, required: true })
  Name!: string;

  @Member({ type: 'string', pattern: '(\\$LATEST(\\.PUBLISHED)?|[0-9]+)', min: 1, max: 1024 })
  FunctionVersion?: string;

  @Member({ type: 'string', min: 0, max: 256 })
  Description?: string;

  @Member({ type: AliasRoutingConfiguration })
  RoutingConfig?: AliasRoutingConfiguration;

  @Member({ type: 'string' })
  RevisionId?: string;
}

@ApiSchema({ name: 'lambda.ListAliasesResponse' })
export class ListAliasesResponse {
  @Member({ type: 'string' })
  NextMarker?: string;

  @Member({ type: 'list', of: { type: AliasConfiguration } })
  Aliases?: AliasConfiguration[];
}
