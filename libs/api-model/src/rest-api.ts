/**
 * A REST API as one deployment keeps it: plain nouns in Amazon API Gateway's vocabulary, without defaults filled in by a reader.
 * Postgres stores this form for each deployment (it is what was deployed, whatever later compilers make of it); the compiler turns it
 * into a `DeploymentSnapshot`. Maps keyed by tenants' names (parameters, media types, variables) are plain JSON objects here and are
 * read through `Object.entries` or a `Map` only, never by `object[name]`.
 */
export interface RestApiModel {
  apiId: string;
  name: string;
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
