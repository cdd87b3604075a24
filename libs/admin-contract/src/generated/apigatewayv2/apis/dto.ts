// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { IpAddressType, ProtocolType } from '../enums.js';
import { Api, Cors } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateApiRequest' })
export class CreateApiRequest {
  @Member({ type: 'string' })
  apiKeySelectionExpression?: string;

  @Member({ type: Cors })
  corsConfiguration?: Cors;

  @Member({ type: 'string' })
  credentialsArn?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  disableSchemaValidation?: boolean;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'string', enum: IpAddressType })
  ipAddressType?: IpAddressType;

  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string', enum: ProtocolType, required: true })
  protocolType!: ProtocolType;

  @Member({ type: 'string' })
  routeKey?: string;

  @Member({ type: 'string' })
  routeSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  target?: string;

  @Member({ type: 'string' })
  version?: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteApiRequest' })
export class DeleteApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteCorsConfigurationRequest' })
export class DeleteCorsConfigurationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetApiRequest' })
export class GetApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetApisRequest' })
export class GetApisRequest {
  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.ImportApiRequest' })
export class ImportApiRequest {
  @Member({ in: 'query', type: 'string' })
  basepath?: string;

  @Member({ type: 'string', required: true })
  body!: string;

  @Member({ in: 'query', type: 'boolean' })
  failOnWarnings?: boolean;
}

@ApiSchema({ name: 'apigatewayv2.ReimportApiRequest' })
export class ReimportApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  basepath?: string;

  @Member({ type: 'string', required: true })
  body!: string;

  @Member({ in: 'query', type: 'boolean' })
  failOnWarnings?: boolean;
}

@ApiSchema({ name: 'apigatewayv2.UpdateApiRequest' })
export class UpdateApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  apiKeySelectionExpression?: string;

  @Member({ type: Cors })
  corsConfiguration?: Cors;

  @Member({ type: 'string' })
  credentialsArn?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  disableSchemaValidation?: boolean;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'string', enum: IpAddressType })
  ipAddressType?: IpAddressType;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  routeKey?: string;

  @Member({ type: 'string' })
  routeSelectionExpression?: string;

  @Member({ type: 'string' })
  target?: string;

  @Member({ type: 'string' })
  version?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateApiResponse' })
export class CreateApiResponse {
  @Member({ type: 'string' })
  apiEndpoint?: string;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  apiKeySelectionExpression?: string;

  @Member({ type: Cors })
  corsConfiguration?: Cors;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  disableSchemaValidation?: boolean;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  importInfo?: string[];

  @Member({ type: 'string', enum: ['ipv4', 'dualstack'] })
  ipAddressType?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string', enum: ['WEBSOCKET', 'HTTP'] })
  protocolType?: string;

  @Member({ type: 'string' })
  routeSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];
}

@ApiSchema({ name: 'apigatewayv2.GetApiResponse' })
export class GetApiResponse {
  @Member({ type: 'string' })
  apiEndpoint?: string;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  apiKeySelectionExpression?: string;

  @Member({ type: Cors })
  corsConfiguration?: Cors;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  disableSchemaValidation?: boolean;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  importInfo?: string[];

  @Member({ type: 'string', enum: ['ipv4', 'dualstack'] })
  ipAddressType?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string', enum: ['WEBSOCKET', 'HTTP'] })
  protocolType?: string;

  @Member({ type: 'string' })
  routeSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];
}

@ApiSchema({ name: 'apigatewayv2.GetApisResponse' })
export class GetApisResponse {
  @Member({ type: 'list', of: { type: Api } })
  items?: Api[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.ImportApiResponse' })
export class ImportApiResponse {
  @Member({ type: 'string' })
  apiEndpoint?: string;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  apiKeySelectionExpression?: string;

  @Member({ type: Cors })
  corsConfiguration?: Cors;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  disableSchemaValidation?: boolean;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  importInfo?: string[];

  @Member({ type: 'string', enum: ['ipv4', 'dualstack'] })
  ipAddressType?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string', enum: ['WEBSOCKET', 'HTTP'] })
  protocolType?: string;

  @Member({ type: 'string' })
  routeSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];
}

@ApiSchema({ name: 'apigatewayv2.ReimportApiResponse' })
export class ReimportApiResponse {
  @Member({ type: 'string' })
  apiEndpoint?: string;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  apiKeySelectionExpression?: string;

  @Member({ type: Cors })
  corsConfiguration?: Cors;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  disableSchemaValidation?: boolean;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  importInfo?: string[];

  @Member({ type: 'string', enum: ['ipv4', 'dualstack'] })
  ipAddressType?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string', enum: ['WEBSOCKET', 'HTTP'] })
  protocolType?: string;

  @Member({ type: 'string' })
  routeSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];
}

@ApiSchema({ name: 'apigatewayv2.UpdateApiResponse' })
export class UpdateApiResponse {
  @Member({ type: 'string' })
  apiEndpoint?: string;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  apiKeySelectionExpression?: string;

  @Member({ type: Cors })
  corsConfiguration?: Cors;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  disableSchemaValidation?: boolean;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  importInfo?: string[];

  @Member({ type: 'string', enum: ['ipv4', 'dualstack'] })
  ipAddressType?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string', enum: ['WEBSOCKET', 'HTTP'] })
  protocolType?: string;

  @Member({ type: 'string' })
  routeSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];
}
