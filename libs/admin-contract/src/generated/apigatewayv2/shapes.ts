// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../validation/member.js';
import { DomainNameStatus, EndpointType, IpAddressType, LoggingLevel, SecurityPolicy } from './enums.js';

@ApiSchema({ name: 'apigatewayv2.ACMManaged' })
export class ACMManaged {
  @Member({ type: 'string', min: 10, max: 2048, required: true })
  certificateArn!: string;

  @Member({ type: 'string', min: 3, max: 256, required: true })
  domainName!: string;
}

@ApiSchema({ name: 'apigatewayv2.AccessLogSettings' })
export class AccessLogSettings {
  @Member({ type: 'string' })
  destinationArn?: string;

  @Member({ type: 'string' })
  format?: string;
}

@ApiSchema({ name: 'apigatewayv2.Cors' })
export class Cors {
  @Member({ type: 'boolean' })
  allowCredentials?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  allowHeaders?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  allowMethods?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  allowOrigins?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  exposeHeaders?: string[];

  @Member({ type: 'integer', min: -1, max: 86400 })
  maxAge?: number;
}

@ApiSchema({ name: 'apigatewayv2.Api' })
export class Api {
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

  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string', enum: ['WEBSOCKET', 'HTTP'], required: true })
  protocolType!: string;

  @Member({ type: 'string', required: true })
  routeSelectionExpression!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];
}

@ApiSchema({ name: 'apigatewayv2.ApiMapping' })
export class ApiMapping {
  @Member({ type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  apiMappingId?: string;

  @Member({ type: 'string' })
  apiMappingKey?: string;

  @Member({ type: 'string', required: true })
  stage!: string;
}

@ApiSchema({ name: 'apigatewayv2.CognitoConfig' })
export class CognitoConfig {
  @Member({ type: 'string', min: 1, max: 256, required: true })
  appClientId!: string;

  @Member({ type: 'string', min: 20, max: 2048, required: true })
  userPoolArn!: string;

  @Member({ type: 'string', min: 20, max: 2048, required: true })
  userPoolDomain!: string;
}

@ApiSchema({ name: 'apigatewayv2.None' })
export class None {

}

@ApiSchema({ name: 'apigatewayv2.Authorization' })
export class Authorization {
  @Member({ type: CognitoConfig })
  cognitoConfig?: CognitoConfig;

  @Member({ type: None })
  none?: None;
}

@ApiSchema({ name: 'apigatewayv2.JWTConfiguration' })
export class JWTConfiguration {
  @Member({ type: 'list', of: { type: 'string' } })
  audience?: string[];

  @Member({ type: 'string' })
  issuer?: string;
}

@ApiSchema({ name: 'apigatewayv2.Authorizer' })
export class Authorizer {
  @Member({ type: 'string' })
  authorizerCredentialsArn?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  authorizerPayloadFormatVersion?: string;

  @Member({ type: 'integer', min: 0, max: 3600 })
  authorizerResultTtlInSeconds?: number;

  @Member({ type: 'string', enum: ['REQUEST', 'JWT'] })
  authorizerType?: string;

  @Member({ type: 'string' })
  authorizerUri?: string;

  @Member({ type: 'boolean' })
  enableSimpleResponses?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  identitySource?: string[];

  @Member({ type: 'string' })
  identityValidationExpression?: string;

  @Member({ type: JWTConfiguration })
  jwtConfiguration?: JWTConfiguration;

  @Member({ type: 'string', required: true })
  name!: string;
}

@ApiSchema({ name: 'apigatewayv2.CustomColors' })
export class CustomColors {
  @Member({ type: 'string', min: 1, max: 16, required: true })
  accentColor!: string;

  @Member({ type: 'string', min: 1, max: 16, required: true })
  backgroundColor!: string;

  @Member({ type: 'string', min: 1, max: 16, required: true })
  errorValidationColor!: string;

  @Member({ type: 'string', min: 1, max: 16, required: true })
  headerColor!: string;

  @Member({ type: 'string', min: 1, max: 16, required: true })
  navigationColor!: string;

  @Member({ type: 'string', min: 1, max: 16, required: true })
  textColor!: string;
}

@ApiSchema({ name: 'apigatewayv2.Deployment' })
export class Deployment {
  @Member({ type: 'boolean' })
  autoDeployed?: boolean;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string', enum: ['PENDING', 'FAILED', 'DEPLOYED'] })
  deploymentStatus?: string;

  @Member({ type: 'string' })
  deploymentStatusMessage?: string;

  @Member({ type: 'string' })
  description?: string;
}

@ApiSchema({ name: 'apigatewayv2.DisplayContent' })
export class DisplayContent {
  @Member({ type: 'string', min: 1, max: 32768, required: true })
  body!: string;

  @Member({ type: 'string', min: 1, max: 255, required: true })
  title!: string;
}

@ApiSchema({ name: 'apigatewayv2.DisplayContentOverrides' })
export class DisplayContentOverrides {
  @Member({ type: 'string', min: 1, max: 32768 })
  body?: string;

  @Member({ type: 'string', min: 1, max: 1024 })
  endpoint?: string;

  @Member({ type: 'string', min: 1, max: 255 })
  operationName?: string;
}

@ApiSchema({ name: 'apigatewayv2.Section' })
export class Section {
  @Member({ type: 'list', of: { type: 'string', min: 20, max: 2048 }, required: true })
  productRestEndpointPageArns!: string[];

  @Member({ type: 'string', required: true })
  sectionName!: string;
}

@ApiSchema({ name: 'apigatewayv2.DisplayOrder' })
export class DisplayOrder {
  @Member({ type: 'list', of: { type: Section } })
  contents?: Section[];

  @Member({ type: 'string', min: 20, max: 2048 })
  overviewPageArn?: string;

  @Member({ type: 'list', of: { type: 'string', min: 20, max: 2048 } })
  productPageArns?: string[];
}

@ApiSchema({ name: 'apigatewayv2.DomainNameConfiguration' })
export class DomainNameConfiguration {
  @Member({ type: 'string' })
  apiGatewayDomainName?: string;

  @Member({ type: 'string' })
  certificateArn?: string;

  @Member({ type: 'string' })
  certificateName?: string;

  @Member({ type: 'timestamp' })
  certificateUploadDate?: Date;

  @Member({ type: 'string', enum: DomainNameStatus })
  domainNameStatus?: DomainNameStatus;

  @Member({ type: 'string' })
  domainNameStatusMessage?: string;

  @Member({ type: 'string', enum: EndpointType })
  endpointType?: EndpointType;

  @Member({ type: 'string' })
  hostedZoneId?: string;

  @Member({ type: 'string', enum: IpAddressType })
  ipAddressType?: IpAddressType;

  @Member({ type: 'string', enum: SecurityPolicy })
  securityPolicy?: SecurityPolicy;

  @Member({ type: 'string' })
  ownershipVerificationCertificateArn?: string;
}

@ApiSchema({ name: 'apigatewayv2.MutualTlsAuthentication' })
export class MutualTlsAuthentication {
  @Member({ type: 'string' })
  truststoreUri?: string;

  @Member({ type: 'string' })
  truststoreVersion?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  truststoreWarnings?: string[];
}

@ApiSchema({ name: 'apigatewayv2.DomainName' })
export class DomainName {
  @Member({ type: 'string' })
  apiMappingSelectionExpression?: string;

  @Member({ type: 'string', required: true })
  domainName!: string;

  @Member({ type: 'string' })
  domainNameArn?: string;

  @Member({ type: 'list', of: { type: DomainNameConfiguration } })
  domainNameConfigurations?: DomainNameConfiguration[];

  @Member({ type: MutualTlsAuthentication })
  mutualTlsAuthentication?: MutualTlsAuthentication;

  @Member({ type: 'string', enum: ['API_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_API_MAPPING'] })
  routingMode?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.EndpointConfigurationRequest' })
export class EndpointConfigurationRequest {
  @Member({ type: ACMManaged })
  acmManaged?: ACMManaged;

  @Member({ type: None })
  none?: None;
}

@ApiSchema({ name: 'apigatewayv2.EndpointConfigurationResponse' })
export class EndpointConfigurationResponse {
  @Member({ type: 'string', min: 10, max: 2048 })
  certificateArn?: string;

  @Member({ type: 'string', min: 3, max: 256 })
  domainName?: string;

  @Member({ type: 'string', min: 3, max: 256, required: true })
  portalDefaultDomainName!: string;

  @Member({ type: 'string', min: 1, max: 64, required: true })
  portalDomainHostedZoneId!: string;
}

@ApiSchema({ name: 'apigatewayv2.EndpointDisplayContent' })
export class EndpointDisplayContent {
  @Member({ type: None })
  none?: None;

  @Member({ type: DisplayContentOverrides })
  overrides?: DisplayContentOverrides;
}

@ApiSchema({ name: 'apigatewayv2.EndpointDisplayContentResponse' })
export class EndpointDisplayContentResponse {
  @Member({ type: 'string', min: 1, max: 32768 })
  body?: string;

  @Member({ type: 'string', min: 1, max: 1024, required: true })
  endpoint!: string;

  @Member({ type: 'string', min: 1, max: 255 })
  operationName?: string;
}

@ApiSchema({ name: 'apigatewayv2.IdentifierParts' })
export class IdentifierParts {
  @Member({ type: 'string', min: 1, max: 20, required: true })
  method!: string;

  @Member({ type: 'string', min: 1, max: 4096, required: true })
  path!: string;

  @Member({ type: 'string', min: 1, max: 50, required: true })
  restApiId!: string;

  @Member({ type: 'string', min: 1, max: 128, required: true })
  stage!: string;
}

@ApiSchema({ name: 'apigatewayv2.TlsConfig' })
export class TlsConfig {
  @Member({ type: 'string' })
  serverNameToVerify?: string;
}

@ApiSchema({ name: 'apigatewayv2.Integration' })
export class Integration {
  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  connectionId?: string;

  @Member({ type: 'string', enum: ['INTERNET', 'VPC_LINK'] })
  connectionType?: string;

  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandlingStrategy?: string;

  @Member({ type: 'string' })
  credentialsArn?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  integrationId?: string;

  @Member({ type: 'string' })
  integrationMethod?: string;

  @Member({ type: 'string' })
  integrationResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  integrationSubtype?: string;

  @Member({ type: 'string', enum: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] })
  integrationType?: string;

  @Member({ type: 'string' })
  integrationUri?: string;

  @Member({ type: 'string', enum: ['WHEN_NO_MATCH', 'NEVER', 'WHEN_NO_TEMPLATES'] })
  passthroughBehavior?: string;

  @Member({ type: 'string' })
  payloadFormatVersion?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  requestTemplates?: Record<string, string | null>;

  @Member({ type: 'map', values: { type: 'map', values: { type: 'string' } } })
  responseParameters?: Record<string, Record<string, string>>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;

  @Member({ type: 'integer', min: 50, max: 30000 })
  timeoutInMillis?: number;

  @Member({ type: TlsConfig })
  tlsConfig?: TlsConfig;
}

@ApiSchema({ name: 'apigatewayv2.IntegrationResponse' })
export class IntegrationResponse {
  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandlingStrategy?: string;

  @Member({ type: 'string' })
  integrationResponseId?: string;

  @Member({ type: 'string', required: true })
  integrationResponseKey!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;
}

@ApiSchema({ name: 'apigatewayv2.Model' })
export class Model {
  @Member({ type: 'string' })
  contentType?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  modelId?: string;

  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string' })
  schema?: string;
}

@ApiSchema({ name: 'apigatewayv2.MutualTlsAuthenticationInput' })
export class MutualTlsAuthenticationInput {
  @Member({ type: 'string' })
  truststoreUri?: string;

  @Member({ type: 'string' })
  truststoreVersion?: string;
}

@ApiSchema({ name: 'apigatewayv2.ParameterConstraints' })
export class ParameterConstraints {
  @Member({ type: 'boolean' })
  required?: boolean;
}

@ApiSchema({ name: 'apigatewayv2.PortalTheme' })
export class PortalTheme {
  @Member({ type: CustomColors, required: true })
  customColors!: CustomColors;

  @Member({ type: 'timestamp' })
  logoLastUploaded?: Date;
}

@ApiSchema({ name: 'apigatewayv2.PortalContent' })
export class PortalContent {
  @Member({ type: 'string', min: 0, max: 1024 })
  description?: string;

  @Member({ type: 'string', min: 3, max: 255, required: true })
  displayName!: string;

  @Member({ type: PortalTheme, required: true })
  theme!: PortalTheme;
}

@ApiSchema({ name: 'apigatewayv2.PortalProductSummary' })
export class PortalProductSummary {
  @Member({ type: 'string', min: 0, max: 1024, required: true })
  description!: string;

  @Member({ type: 'string', min: 1, max: 255, required: true })
  displayName!: string;

  @Member({ type: 'timestamp', required: true })
  lastModified!: Date;

  @Member({ type: 'string', min: 20, max: 2048, required: true })
  portalProductArn!: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30, required: true })
  portalProductId!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.StatusException' })
export class StatusException {
  @Member({ type: 'string', min: 1, max: 256 })
  exception?: string;

  @Member({ type: 'string', min: 1, max: 2048 })
  message?: string;
}

@ApiSchema({ name: 'apigatewayv2.Preview' })
export class Preview {
  @Member({ type: 'string', enum: ['PREVIEW_IN_PROGRESS', 'PREVIEW_FAILED', 'PREVIEW_READY'], required: true })
  previewStatus!: string;

  @Member({ type: 'string' })
  previewUrl?: string;

  @Member({ type: StatusException })
  statusException?: StatusException;
}

@ApiSchema({ name: 'apigatewayv2.PortalSummary' })
export class PortalSummary {
  @Member({ type: Authorization, required: true })
  authorization!: Authorization;

  @Member({ type: EndpointConfigurationResponse, required: true })
  endpointConfiguration!: EndpointConfigurationResponse;

  @Member({ type: 'list', of: { type: 'string', min: 20, max: 2048 }, required: true })
  includedPortalProductArns!: string[];

  @Member({ type: 'timestamp', required: true })
  lastModified!: Date;

  @Member({ type: 'timestamp' })
  lastPublished?: Date;

  @Member({ type: 'string', min: 0, max: 1024 })
  lastPublishedDescription?: string;

  @Member({ type: 'string', min: 20, max: 2048, required: true })
  portalArn!: string;

  @Member({ type: PortalContent, required: true })
  portalContent!: PortalContent;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30, required: true })
  portalId!: string;

  @Member({ type: Preview })
  preview?: Preview;

  @Member({ type: 'string', enum: ['PUBLISHED', 'PUBLISH_IN_PROGRESS', 'PUBLISH_FAILED', 'DISABLE_IN_PROGRESS', 'DISABLE_FAILED', 'DISABLED'] })
  publishStatus?: string;

  @Member({ type: 'string', min: 0, max: 255 })
  rumAppMonitorName?: string;

  @Member({ type: StatusException })
  statusException?: StatusException;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.ProductPageSummaryNoBody' })
export class ProductPageSummaryNoBody {
  @Member({ type: 'timestamp', required: true })
  lastModified!: Date;

  @Member({ type: 'string', min: 1, max: 255, required: true })
  pageTitle!: string;

  @Member({ type: 'string', min: 20, max: 2048, required: true })
  productPageArn!: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30, required: true })
  productPageId!: string;
}

@ApiSchema({ name: 'apigatewayv2.RestEndpointIdentifier' })
export class RestEndpointIdentifier {
  @Member({ type: IdentifierParts })
  identifierParts?: IdentifierParts;
}

@ApiSchema({ name: 'apigatewayv2.ProductRestEndpointPageSummaryNoBody' })
export class ProductRestEndpointPageSummaryNoBody {
  @Member({ type: 'string', min: 1, max: 1024, required: true })
  endpoint!: string;

  @Member({ type: 'timestamp', required: true })
  lastModified!: Date;

  @Member({ type: 'string', min: 1, max: 255 })
  operationName?: string;

  @Member({ type: 'string', min: 20, max: 2048, required: true })
  productRestEndpointPageArn!: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30, required: true })
  productRestEndpointPageId!: string;

  @Member({ type: RestEndpointIdentifier, required: true })
  restEndpointIdentifier!: RestEndpointIdentifier;

  @Member({ type: 'string', enum: ['AVAILABLE', 'IN_PROGRESS', 'FAILED'], required: true })
  status!: string;

  @Member({ type: StatusException })
  statusException?: StatusException;

  @Member({ type: 'string', enum: ['ENABLED', 'DISABLED'], required: true })
  tryItState!: string;
}

@ApiSchema({ name: 'apigatewayv2.Route' })
export class Route {
  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  authorizationScopes?: string[];

  @Member({ type: 'string', enum: ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT'] })
  authorizationType?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'string' })
  operationName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  requestParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string' })
  routeId?: string;

  @Member({ type: 'string', required: true })
  routeKey!: string;

  @Member({ type: 'string' })
  routeResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  target?: string;
}

@ApiSchema({ name: 'apigatewayv2.RouteResponse' })
export class RouteResponse {
  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  responseParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string' })
  routeResponseId?: string;

  @Member({ type: 'string', required: true })
  routeResponseKey!: string;
}

@ApiSchema({ name: 'apigatewayv2.RouteSettings' })
export class RouteSettings {
  @Member({ type: 'boolean' })
  dataTraceEnabled?: boolean;

  @Member({ type: 'boolean' })
  detailedMetricsEnabled?: boolean;

  @Member({ type: 'string', enum: LoggingLevel })
  loggingLevel?: LoggingLevel;

  @Member({ type: 'integer' })
  throttlingBurstLimit?: number;

  @Member({ type: 'double' })
  throttlingRateLimit?: number;
}

@ApiSchema({ name: 'apigatewayv2.RoutingRuleActionInvokeApi' })
export class RoutingRuleActionInvokeApi {
  @Member({ type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string', required: true })
  stage!: string;

  @Member({ type: 'boolean' })
  stripBasePath?: boolean;
}

@ApiSchema({ name: 'apigatewayv2.RoutingRuleAction' })
export class RoutingRuleAction {
  @Member({ type: RoutingRuleActionInvokeApi, required: true })
  invokeApi!: RoutingRuleActionInvokeApi;
}

@ApiSchema({ name: 'apigatewayv2.RoutingRuleMatchBasePaths' })
export class RoutingRuleMatchBasePaths {
  @Member({ type: 'list', of: { type: 'string' }, required: true })
  anyOf!: string[];
}

@ApiSchema({ name: 'apigatewayv2.RoutingRuleMatchHeaderValue' })
export class RoutingRuleMatchHeaderValue {
  @Member({ type: 'string', required: true })
  header!: string;

  @Member({ type: 'string', required: true })
  valueGlob!: string;
}

@ApiSchema({ name: 'apigatewayv2.RoutingRuleMatchHeaders' })
export class RoutingRuleMatchHeaders {
  @Member({ type: 'list', of: { type: RoutingRuleMatchHeaderValue }, required: true })
  anyOf!: RoutingRuleMatchHeaderValue[];
}

@ApiSchema({ name: 'apigatewayv2.RoutingRuleCondition' })
export class RoutingRuleCondition {
  @Member({ type: RoutingRuleMatchBasePaths })
  matchBasePaths?: RoutingRuleMatchBasePaths;

  @Member({ type: RoutingRuleMatchHeaders })
  matchHeaders?: RoutingRuleMatchHeaders;
}

@ApiSchema({ name: 'apigatewayv2.RoutingRule' })
export class RoutingRule {
  @Member({ type: 'list', of: { type: RoutingRuleAction } })
  actions?: RoutingRuleAction[];

  @Member({ type: 'list', of: { type: RoutingRuleCondition } })
  conditions?: RoutingRuleCondition[];

  @Member({ type: 'integer', min: 1, max: 1000000 })
  priority?: number;

  @Member({ type: 'string' })
  routingRuleArn?: string;

  @Member({ type: 'string' })
  routingRuleId?: string;
}

@ApiSchema({ name: 'apigatewayv2.Stage' })
export class Stage {
  @Member({ type: AccessLogSettings })
  accessLogSettings?: AccessLogSettings;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'boolean' })
  autoDeploy?: boolean;

  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: RouteSettings })
  defaultRouteSettings?: RouteSettings;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  lastDeploymentStatusMessage?: string;

  @Member({ type: 'timestamp' })
  lastUpdatedDate?: Date;

  @Member({ type: 'map', values: { type: RouteSettings } })
  routeSettings?: Record<string, RouteSettings>;

  @Member({ type: 'string', required: true })
  stageName!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariables?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.TlsConfigInput' })
export class TlsConfigInput {
  @Member({ type: 'string' })
  serverNameToVerify?: string;
}

@ApiSchema({ name: 'apigatewayv2.VpcLink' })
export class VpcLink {
  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'list', of: { type: 'string' }, required: true })
  securityGroupIds!: string[];

  @Member({ type: 'list', of: { type: 'string' }, required: true })
  subnetIds!: string[];

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string', required: true })
  vpcLinkId!: string;

  @Member({ type: 'string', enum: ['PENDING', 'AVAILABLE', 'DELETING', 'FAILED', 'INACTIVE'] })
  vpcLinkStatus?: string;

  @Member({ type: 'string' })
  vpcLinkStatusMessage?: string;

  @Member({ type: 'string', enum: ['V2'] })
  vpcLinkVersion?: string;
}
