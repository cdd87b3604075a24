// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../validation/member.js';
import { DocumentationPartLocationType, EndpointConfigurationTypes, IpAddressType, PatchOperationOp, QuotaSettingsPeriod } from './enums.js';

export class AccessLogSettings {
  @Member({ type: 'string' })
  format?: string;

  @Member({ type: 'string' })
  destinationArn?: string;
}

export class ApiKey {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  value?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  customerId?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  enabled?: boolean;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'timestamp' })
  lastUpdatedDate?: Date;

  @Member({ type: 'list', of: { type: 'string' } })
  stageKeys?: string[];

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class ThrottleSettings {
  @Member({ type: 'integer' })
  burstLimit?: number;

  @Member({ type: 'double' })
  rateLimit?: number;
}

export class ApiStage {
  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  stage?: string;

  @Member({ type: 'map', values: { type: ThrottleSettings } })
  throttle?: Record<string, ThrottleSettings>;
}

export class Authorizer {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string', enum: ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'] })
  type?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  providerARNs?: string[];

  @Member({ type: 'string' })
  authType?: string;

  @Member({ type: 'string' })
  authorizerUri?: string;

  @Member({ type: 'string' })
  authorizerCredentials?: string;

  @Member({ type: 'string' })
  identitySource?: string;

  @Member({ type: 'string' })
  identityValidationExpression?: string;

  @Member({ type: 'integer' })
  authorizerResultTtlInSeconds?: number;
}

export class BasePathMapping {
  @Member({ type: 'string' })
  basePath?: string;

  @Member({ type: 'string' })
  restApiId?: string;

  @Member({ type: 'string' })
  stage?: string;
}

export class CanarySettings {
  @Member({ type: 'double' })
  percentTraffic?: number;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariableOverrides?: Record<string, string>;

  @Member({ type: 'boolean' })
  useStageCache?: boolean;
}

export class ClientCertificate {
  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  pemEncodedCertificate?: string;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'timestamp' })
  expirationDate?: Date;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class MethodSnapshot {
  @Member({ type: 'string' })
  authorizationType?: string;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;
}

export class Deployment {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'map', values: { type: 'map', values: { type: MethodSnapshot } } })
  apiSummary?: Record<string, Record<string, MethodSnapshot>>;
}

export class DeploymentCanarySettings {
  @Member({ type: 'double' })
  percentTraffic?: number;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariableOverrides?: Record<string, string>;

  @Member({ type: 'boolean' })
  useStageCache?: boolean;
}

export class DocumentationPartLocation {
  @Member({ type: 'string', enum: DocumentationPartLocationType, required: true })
  type!: DocumentationPartLocationType;

  @Member({ type: 'string' })
  path?: string;

  @Member({ type: 'string' })
  method?: string;

  @Member({ type: 'string', pattern: '^([1-5]\\d\\d|\\*|\\s*)$' })
  statusCode?: string;

  @Member({ type: 'string' })
  name?: string;
}

export class DocumentationPart {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: DocumentationPartLocation })
  location?: DocumentationPartLocation;

  @Member({ type: 'string' })
  properties?: string;
}

export class DocumentationVersion {
  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  description?: string;
}

export class EndpointConfiguration {
  @Member({ type: 'list', of: { type: 'string', enum: EndpointConfigurationTypes } })
  types?: EndpointConfigurationTypes[];

  @Member({ type: 'string', enum: IpAddressType })
  ipAddressType?: IpAddressType;

  @Member({ type: 'list', of: { type: 'string' } })
  vpcEndpointIds?: string[];
}

export class MutualTlsAuthentication {
  @Member({ type: 'string' })
  truststoreUri?: string;

  @Member({ type: 'string' })
  truststoreVersion?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  truststoreWarnings?: string[];
}

export class DomainName {
  @Member({ type: 'string' })
  domainName?: string;

  @Member({ type: 'string' })
  domainNameId?: string;

  @Member({ type: 'string' })
  domainNameArn?: string;

  @Member({ type: 'string' })
  certificateName?: string;

  @Member({ type: 'string' })
  certificateArn?: string;

  @Member({ type: 'timestamp' })
  certificateUploadDate?: Date;

  @Member({ type: 'string' })
  regionalDomainName?: string;

  @Member({ type: 'string' })
  regionalHostedZoneId?: string;

  @Member({ type: 'string' })
  regionalCertificateName?: string;

  @Member({ type: 'string' })
  regionalCertificateArn?: string;

  @Member({ type: 'string' })
  distributionDomainName?: string;

  @Member({ type: 'string' })
  distributionHostedZoneId?: string;

  @Member({ type: EndpointConfiguration })
  endpointConfiguration?: EndpointConfiguration;

  @Member({ type: 'string', enum: ['AVAILABLE', 'UPDATING', 'PENDING', 'PENDING_CERTIFICATE_REIMPORT', 'PENDING_OWNERSHIP_VERIFICATION', 'FAILED'] })
  domainNameStatus?: string;

  @Member({ type: 'string' })
  domainNameStatusMessage?: string;

  @Member({ type: 'string', enum: ['TLS_1_0', 'TLS_1_2', 'SecurityPolicy_TLS13_1_3_2025_09', 'SecurityPolicy_TLS13_1_3_FIPS_2025_09', 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_2021_06', 'SecurityPolicy_TLS13_2025_EDGE', 'SecurityPolicy_TLS12_PFS_2025_EDGE', 'SecurityPolicy_TLS12_2018_EDGE', 'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09'] })
  securityPolicy?: string;

  @Member({ type: 'string', enum: ['BASIC', 'STRICT'] })
  endpointAccessMode?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: MutualTlsAuthentication })
  mutualTlsAuthentication?: MutualTlsAuthentication;

  @Member({ type: 'string' })
  ownershipVerificationCertificateArn?: string;

  @Member({ type: 'string' })
  managementPolicy?: string;

  @Member({ type: 'string' })
  policy?: string;

  @Member({ type: 'string', enum: ['BASE_PATH_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_BASE_PATH_MAPPING'] })
  routingMode?: string;
}

export class DomainNameAccessAssociation {
  @Member({ type: 'string' })
  domainNameAccessAssociationArn?: string;

  @Member({ type: 'string' })
  domainNameArn?: string;

  @Member({ type: 'string', enum: ['VPCE'] })
  accessAssociationSourceType?: string;

  @Member({ type: 'string' })
  accessAssociationSource?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class GatewayResponse {
  @Member({ type: 'string', enum: ['REQUEST_TOO_LARGE', 'RESOURCE_NOT_FOUND', 'AUTHORIZER_CONFIGURATION_ERROR', 'MISSING_AUTHENTICATION_TOKEN', 'BAD_REQUEST_BODY', 'INVALID_SIGNATURE', 'INVALID_API_KEY', 'BAD_REQUEST_PARAMETERS', 'AUTHORIZER_FAILURE', 'UNAUTHORIZED', 'INTEGRATION_TIMEOUT', 'ACCESS_DENIED', 'DEFAULT_4XX', 'DEFAULT_5XX', 'WAF_FILTERED', 'QUOTA_EXCEEDED', 'THROTTLED', 'API_CONFIGURATION_ERROR', 'UNSUPPORTED_MEDIA_TYPE', 'INTEGRATION_FAILURE', 'EXPIRED_TOKEN'] })
  responseType?: string;

  @Member({ type: 'string', pattern: '[1-5]\\d\\d' })
  statusCode?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'boolean' })
  defaultResponse?: boolean;
}

export class IntegrationResponse {
  @Member({ type: 'string', pattern: '[1-5]\\d\\d' })
  statusCode?: string;

  @Member({ type: 'string' })
  selectionPattern?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandling?: string;
}

export class TlsConfig {
  @Member({ type: 'boolean' })
  insecureSkipVerification?: boolean;
}

export class Integration {
  @Member({ type: 'string', enum: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] })
  type?: string;

  @Member({ type: 'string' })
  httpMethod?: string;

  @Member({ type: 'string' })
  uri?: string;

  @Member({ type: 'string', enum: ['INTERNET', 'VPC_LINK'] })
  connectionType?: string;

  @Member({ type: 'string' })
  connectionId?: string;

  @Member({ type: 'string' })
  credentials?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  requestTemplates?: Record<string, string | null>;

  @Member({ type: 'string' })
  passthroughBehavior?: string;

  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandling?: string;

  @Member({ type: 'integer' })
  timeoutInMillis?: number;

  @Member({ type: 'string' })
  cacheNamespace?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  cacheKeyParameters?: string[];

  @Member({ type: 'map', values: { type: IntegrationResponse } })
  integrationResponses?: Record<string, IntegrationResponse>;

  @Member({ type: TlsConfig })
  tlsConfig?: TlsConfig;

  @Member({ type: 'string', enum: ['BUFFERED', 'STREAM'] })
  responseTransferMode?: string;

  @Member({ type: 'string' })
  integrationTarget?: string;
}

export class MethodResponse {
  @Member({ type: 'string', pattern: '[1-5]\\d\\d' })
  statusCode?: string;

  @Member({ type: 'map', values: { type: 'boolean' } })
  responseParameters?: Record<string, boolean>;

  @Member({ type: 'map', values: { type: 'string' } })
  responseModels?: Record<string, string>;
}

export class Method {
  @Member({ type: 'string' })
  httpMethod?: string;

  @Member({ type: 'string' })
  authorizationType?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;

  @Member({ type: 'string' })
  requestValidatorId?: string;

  @Member({ type: 'string' })
  operationName?: string;

  @Member({ type: 'map', values: { type: 'boolean' } })
  requestParameters?: Record<string, boolean>;

  @Member({ type: 'map', values: { type: 'string' } })
  requestModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: MethodResponse } })
  methodResponses?: Record<string, MethodResponse>;

  @Member({ type: Integration })
  methodIntegration?: Integration;

  @Member({ type: 'list', of: { type: 'string' } })
  authorizationScopes?: string[];
}

export class MethodSetting {
  @Member({ type: 'boolean' })
  metricsEnabled?: boolean;

  @Member({ type: 'string' })
  loggingLevel?: string;

  @Member({ type: 'boolean' })
  dataTraceEnabled?: boolean;

  @Member({ type: 'integer' })
  throttlingBurstLimit?: number;

  @Member({ type: 'double' })
  throttlingRateLimit?: number;

  @Member({ type: 'boolean' })
  cachingEnabled?: boolean;

  @Member({ type: 'integer' })
  cacheTtlInSeconds?: number;

  @Member({ type: 'boolean' })
  cacheDataEncrypted?: boolean;

  @Member({ type: 'boolean' })
  requireAuthorizationForCacheControl?: boolean;

  @Member({ type: 'string', enum: ['FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER'] })
  unauthorizedCacheControlHeaderStrategy?: string;
}

export class Model {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  schema?: string;

  @Member({ type: 'string' })
  contentType?: string;
}

export class MutualTlsAuthenticationInput {
  @Member({ type: 'string' })
  truststoreUri?: string;

  @Member({ type: 'string' })
  truststoreVersion?: string;
}

export class PatchOperation {
  @Member({ type: 'string', enum: PatchOperationOp })
  op?: PatchOperationOp;

  @Member({ type: 'string' })
  path?: string;

  @Member({ type: 'string' })
  value?: string;

  @Member({ type: 'string' })
  from?: string;
}

export class QuotaSettings {
  @Member({ type: 'integer' })
  limit?: number;

  @Member({ type: 'integer' })
  offset?: number;

  @Member({ type: 'string', enum: QuotaSettingsPeriod })
  period?: QuotaSettingsPeriod;
}

export class RequestValidator {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'boolean' })
  validateRequestBody?: boolean;

  @Member({ type: 'boolean' })
  validateRequestParameters?: boolean;
}

export class Resource {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  parentId?: string;

  @Member({ type: 'string' })
  pathPart?: string;

  @Member({ type: 'string' })
  path?: string;

  @Member({ type: 'map', values: { type: Method } })
  resourceMethods?: Record<string, Method>;
}

export class RestApi {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  warnings?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  binaryMediaTypes?: string[];

  @Member({ type: 'integer' })
  minimumCompressionSize?: number;

  @Member({ type: 'string', enum: ['HEADER', 'AUTHORIZER'] })
  apiKeySource?: string;

  @Member({ type: EndpointConfiguration })
  endpointConfiguration?: EndpointConfiguration;

  @Member({ type: 'string' })
  policy?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'string' })
  rootResourceId?: string;

  @Member({ type: 'string', enum: ['TLS_1_0', 'TLS_1_2', 'SecurityPolicy_TLS13_1_3_2025_09', 'SecurityPolicy_TLS13_1_3_FIPS_2025_09', 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_2021_06', 'SecurityPolicy_TLS13_2025_EDGE', 'SecurityPolicy_TLS12_PFS_2025_EDGE', 'SecurityPolicy_TLS12_2018_EDGE', 'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09'] })
  securityPolicy?: string;

  @Member({ type: 'string', enum: ['BASIC', 'STRICT'] })
  endpointAccessMode?: string;

  @Member({ type: 'string', enum: ['UPDATING', 'AVAILABLE', 'PENDING', 'FAILED'] })
  apiStatus?: string;

  @Member({ type: 'string' })
  apiStatusMessage?: string;
}

export class SdkConfigurationProperty {
  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  friendlyName?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  required?: boolean;

  @Member({ type: 'string' })
  defaultValue?: string;
}

export class SdkType {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  friendlyName?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'list', of: { type: SdkConfigurationProperty } })
  configurationProperties?: SdkConfigurationProperty[];
}

export class Stage {
  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: 'string' })
  stageName?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  cacheClusterEnabled?: boolean;

  @Member({ type: 'string', enum: ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'] })
  cacheClusterSize?: string;

  @Member({ type: 'string', enum: ['CREATE_IN_PROGRESS', 'AVAILABLE', 'DELETE_IN_PROGRESS', 'NOT_AVAILABLE', 'FLUSH_IN_PROGRESS'] })
  cacheClusterStatus?: string;

  @Member({ type: 'map', values: { type: MethodSetting } })
  methodSettings?: Record<string, MethodSetting>;

  @Member({ type: 'map', values: { type: 'string' } })
  variables?: Record<string, string>;

  @Member({ type: 'string' })
  documentationVersion?: string;

  @Member({ type: AccessLogSettings })
  accessLogSettings?: AccessLogSettings;

  @Member({ type: CanarySettings })
  canarySettings?: CanarySettings;

  @Member({ type: 'boolean' })
  tracingEnabled?: boolean;

  @Member({ type: 'string' })
  webAclArn?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'timestamp' })
  lastUpdatedDate?: Date;
}

export class StageKey {
  @Member({ type: 'string' })
  restApiId?: string;

  @Member({ type: 'string' })
  stageName?: string;
}

export class UsagePlan {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'list', of: { type: ApiStage } })
  apiStages?: ApiStage[];

  @Member({ type: ThrottleSettings })
  throttle?: ThrottleSettings;

  @Member({ type: QuotaSettings })
  quota?: QuotaSettings;

  @Member({ type: 'string' })
  productCode?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class UsagePlanKey {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  type?: string;

  @Member({ type: 'string' })
  value?: string;

  @Member({ type: 'string' })
  name?: string;
}

export class VpcLink {
  @Member({ type: 'string' })
  id?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  targetArns?: string[];

  @Member({ type: 'string', enum: ['AVAILABLE', 'PENDING', 'DELETING', 'FAILED'] })
  status?: string;

  @Member({ type: 'string' })
  statusMessage?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}
