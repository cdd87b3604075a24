// Generated from the service models by `npm run generate`. Do not edit.
export const AccessAssociationSourceType = ['VPCE'] as const;
export type AccessAssociationSourceType = (typeof AccessAssociationSourceType)[number];

export const ApiKeySource = ['HEADER', 'AUTHORIZER'] as const;
export type ApiKeySource = (typeof ApiKeySource)[number];

export const CacheClusterSize = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'] as const;
export type CacheClusterSize = (typeof CacheClusterSize)[number];

export const ConnectionType = ['INTERNET', 'VPC_LINK'] as const;
export type ConnectionType = (typeof ConnectionType)[number];

export const ContentHandling = ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] as const;
export type ContentHandling = (typeof ContentHandling)[number];

export const CreateAuthorizerType = ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'] as const;
export type CreateAuthorizerType = (typeof CreateAuthorizerType)[number];

export const DocumentationPartLocationType = ['RESPONSE_BODY', 'RESPONSE', 'METHOD', 'MODEL', 'AUTHORIZER', 'RESPONSE_HEADER', 'RESOURCE', 'PATH_PARAMETER', 'REQUEST_BODY', 'QUERY_PARAMETER', 'API', 'REQUEST_HEADER'] as const;
export type DocumentationPartLocationType = (typeof DocumentationPartLocationType)[number];

export const EndpointAccessMode = ['BASIC', 'STRICT'] as const;
export type EndpointAccessMode = (typeof EndpointAccessMode)[number];

export const EndpointConfigurationTypes = ['PRIVATE', 'EDGE', 'REGIONAL'] as const;
export type EndpointConfigurationTypes = (typeof EndpointConfigurationTypes)[number];

export const ImportApiKeysFormat = ['csv'] as const;
export type ImportApiKeysFormat = (typeof ImportApiKeysFormat)[number];

export const ImportDocumentationPartsMode = ['merge', 'overwrite'] as const;
export type ImportDocumentationPartsMode = (typeof ImportDocumentationPartsMode)[number];

export const IpAddressType = ['ipv4', 'dualstack'] as const;
export type IpAddressType = (typeof IpAddressType)[number];

export const LocationStatus = ['DOCUMENTED', 'UNDOCUMENTED'] as const;
export type LocationStatus = (typeof LocationStatus)[number];

export const PatchOperationOp = ['add', 'remove', 'move', 'test', 'replace', 'copy'] as const;
export type PatchOperationOp = (typeof PatchOperationOp)[number];

export const PutIntegrationType = ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] as const;
export type PutIntegrationType = (typeof PutIntegrationType)[number];

export const QuotaSettingsPeriod = ['DAY', 'WEEK', 'MONTH'] as const;
export type QuotaSettingsPeriod = (typeof QuotaSettingsPeriod)[number];

export const ResourceOwner = ['SELF', 'OTHER_ACCOUNTS'] as const;
export type ResourceOwner = (typeof ResourceOwner)[number];

export const ResponseTransferMode = ['BUFFERED', 'STREAM'] as const;
export type ResponseTransferMode = (typeof ResponseTransferMode)[number];

export const ResponseType = ['REQUEST_TOO_LARGE', 'RESOURCE_NOT_FOUND', 'AUTHORIZER_CONFIGURATION_ERROR', 'MISSING_AUTHENTICATION_TOKEN', 'BAD_REQUEST_BODY', 'INVALID_SIGNATURE', 'INVALID_API_KEY', 'BAD_REQUEST_PARAMETERS', 'AUTHORIZER_FAILURE', 'UNAUTHORIZED', 'INTEGRATION_TIMEOUT', 'ACCESS_DENIED', 'DEFAULT_4XX', 'DEFAULT_5XX', 'WAF_FILTERED', 'QUOTA_EXCEEDED', 'THROTTLED', 'API_CONFIGURATION_ERROR', 'UNSUPPORTED_MEDIA_TYPE', 'INTEGRATION_FAILURE', 'EXPIRED_TOKEN'] as const;
export type ResponseType = (typeof ResponseType)[number];

export const RoutingMode = ['BASE_PATH_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_BASE_PATH_MAPPING'] as const;
export type RoutingMode = (typeof RoutingMode)[number];

export const SecurityPolicy = ['TLS_1_0', 'TLS_1_2', 'SecurityPolicy_TLS13_1_3_2025_09', 'SecurityPolicy_TLS13_1_3_FIPS_2025_09', 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_2021_06', 'SecurityPolicy_TLS13_2025_EDGE', 'SecurityPolicy_TLS12_PFS_2025_EDGE', 'SecurityPolicy_TLS12_2018_EDGE', 'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09', 'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09'] as const;
export type SecurityPolicy = (typeof SecurityPolicy)[number];
