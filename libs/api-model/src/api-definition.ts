import type { DocumentationPartModel } from './documentation.js';
import type {
  AuthorizerModel,
  EndpointConfigurationModel,
  GatewayResponseModel,
  IntegrationModel,
  MethodModel,
  ModelModel,
  RequestValidatorModel,
  RestApiModel,
} from './rest-api.js';

/**
 * A REST API as a document defines it, without ids: methods name their authorizer and validator, and ids are given where it is imported.
 * What the document does not say is absent, so that an import that merges leaves it as it is.
 */
export interface ApiDefinition extends Partial<
  Pick<
    RestApiModel,
    | 'name'
    | 'description'
    | 'version'
    | 'apiKeySource'
    | 'binaryMediaTypes'
    | 'minimumCompressionSize'
    | 'policy'
    | 'disableExecuteApiEndpoint'
    | 'securityPolicy'
    | 'endpointAccessMode'
  >
> {
  endpointConfiguration?: Partial<EndpointConfigurationModel>;
  /** Each resource that has methods, or is named in the document; those between it and the root follow from the path. */
  resources: DefinedResource[];
  models: ModelModel[];
  authorizers: Omit<AuthorizerModel, 'id'>[];
  requestValidators: DefinedRequestValidator[];
  gatewayResponses: GatewayResponseModel[];
  documentationParts: Omit<DocumentationPartModel, 'id'>[];
  /** Makes a documentation version of this name, of all parts. */
  documentationVersion?: string;
}

export interface DefinedResource {
  /** Absolute, e.g. `/pets/{petId}`. */
  path: string;
  methods: DefinedMethod[];
}

export type DefinedRequestValidator = Omit<RequestValidatorModel, 'id'> & {
  /** What the document calls it: its name, or something else where it has none. */
  key: string;
};

export interface DefinedMethod extends Omit<MethodModel, 'authorizerId' | 'requestValidatorId' | 'methodIntegration'> {
  /** Name of an authorizer of the definition. */
  authorizer?: string;
  /** Key of a request validator of the definition. */
  requestValidator?: string;
  /** Without a cache namespace the resource's id is taken. */
  methodIntegration?: Omit<IntegrationModel, 'cacheNamespace'> & { cacheNamespace?: string };
}
