/**
 * A REST API as one deployment keeps it: plain nouns in Amazon API Gateway's vocabulary, without defaults filled in by a reader.
 * Postgres stores this form for each deployment (it is what was deployed, whatever later compilers make of it); the compiler turns it
 * into a `DeploymentSnapshot`. Maps keyed by tenants' names (parameters, media types, variables) are plain JSON objects here and are
 * read through `Object.entries` or a `Map` only, never by `object[name]`.
 */
export interface RestApiModel {
  apiId: string;
  name: string;
  description?: string;
  version?: string;
  /** ISO 8601 in whole seconds: an exported document's version where the API has none. */
  createdDate: string;
  apiKeySource: 'HEADER' | 'AUTHORIZER';
  disableExecuteApiEndpoint: boolean;
  endpointConfiguration: EndpointConfigurationModel;
  binaryMediaTypes: string[];
  minimumCompressionSize?: number;
  /** Resource policy as JSON text. */
  policy?: string;
  /** Oldest TLS that clients may speak. */
  securityPolicy?: string;
  /** Whether a client's SNI must be the host that it asks for. */
  endpointAccessMode?: string;
  resources: ResourceModel[];
  /** By name. */
  models: ModelModel[];
  /** By id, like request validators. */
  authorizers: AuthorizerModel[];
  requestValidators: RequestValidatorModel[];
  /** By type. */
  gatewayResponses: GatewayResponseModel[];
}

export interface EndpointConfigurationModel {
  types: EndpointType[];
  ipAddressType: 'ipv4' | 'dualstack';
  vpcEndpointIds?: string[];
}

export type EndpointType = 'EDGE' | 'REGIONAL' | 'PRIVATE';

export interface ResourceModel {
  id: string;
  /** Absolute path, `/` for the root, e.g. `/pets/{petId}` or `/files/{proxy+}`. */
  path: string;
  methods: MethodModel[];
}

/** The verbs a REST API method can have; `ANY` stands for those without a method of their own. */
export const HTTP_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

export interface MethodModel {
  httpMethod: HttpMethod;
  authorizationType: string;
  authorizerId?: string;
  authorizationScopes?: string[];
  apiKeyRequired: boolean;
  operationName?: string;
  requestValidatorId?: string;
  /** `method.request.{header,querystring,path}.{name}` -> required. */
  requestParameters: Record<string, boolean>;
  /** Content type -> model name. */
  requestModels: Record<string, string>;
  methodResponses: MethodResponseModel[];
  methodIntegration?: IntegrationModel;
}

export interface MethodResponseModel {
  statusCode: string;
  /** `method.response.header.{name}` -> required (AWS keeps the flag and never uses it). */
  responseParameters: Record<string, boolean>;
  responseModels: Record<string, string>;
}

export const INTEGRATION_TYPES = ['HTTP', 'AWS', 'MOCK', 'HTTP_PROXY', 'AWS_PROXY'] as const;
export type IntegrationType = (typeof INTEGRATION_TYPES)[number];

export interface IntegrationModel {
  type: IntegrationType;
  /** The verb toward the backend; absent or `ANY` means the client's. */
  httpMethod?: string;
  uri?: string;
  connectionType?: 'INTERNET' | 'VPC_LINK';
  connectionId?: string;
  credentials?: string;
  /** `integration.request.{header,querystring,path}.{name}` -> mapping expression. */
  requestParameters: Record<string, string>;
  /** Content type -> template; AWS keeps a template without value as null. */
  requestTemplates: Record<string, string | null>;
  passthroughBehavior: string;
  contentHandling?: string;
  /** 50..29000 on AWS. */
  timeoutInMillis: number;
  cacheNamespace: string;
  cacheKeyParameters: string[];
  tlsConfig?: { insecureSkipVerification?: boolean };
  responseTransferMode?: 'BUFFERED' | 'STREAM';
  integrationTarget?: string;
  integrationResponses: IntegrationResponseModel[];
}

export interface IntegrationResponseModel {
  statusCode: string;
  /** Java regular expression over the backend's status code; empty or absent marks the default. */
  selectionPattern?: string;
  /** `method.response.header.{name}` -> mapping expression. */
  responseParameters: Record<string, string>;
  responseTemplates: Record<string, string | null>;
  contentHandling?: string;
}

/** A JSON schema (draft 4) under a name. */
export interface ModelModel {
  name: string;
  description?: string;
  contentType: string;
  /** JSON text as it was given. Other models are referred to by `modelUrl`. */
  schema?: string;
}

export interface AuthorizerModel {
  id: string;
  name: string;
  type: 'TOKEN' | 'REQUEST' | 'COGNITO_USER_POOLS';
  providerArns: string[];
  /** What tools show; AWS keeps it and never uses it. */
  authType?: string;
  authorizerUri?: string;
  authorizerCredentials?: string;
  /** Mapping expressions of the method request, comma-separated. */
  identitySource?: string;
  identityValidationExpression?: string;
  /** Seconds, 0..3600; AWS's default applies where it is absent. */
  authorizerResultTtlInSeconds?: number;
}

export interface RequestValidatorModel {
  id: string;
  name?: string;
  validateRequestBody: boolean;
  validateRequestParameters: boolean;
}

/** The 21 types of Amazon API Gateway, in the order in which it lists them. */
export const GATEWAY_RESPONSE_TYPES = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
] as const;
export type GatewayResponseType = (typeof GATEWAY_RESPONSE_TYPES)[number];

/** Template of the body of every type that was not customised. Source: recorded behaviour of AWS. */
export const DEFAULT_GATEWAY_RESPONSE_TEMPLATE = '{"message":$context.error.messageString}';

/** A gateway response that was customised; the others are AWS's. */
export interface GatewayResponseModel {
  responseType: GatewayResponseType;
  statusCode?: string;
  /** `gatewayresponse.{header,path,querystring}.{name}` -> mapping expression. */
  responseParameters: Record<string, string>;
  /** Content type -> template. */
  responseTemplates: Record<string, string>;
}
