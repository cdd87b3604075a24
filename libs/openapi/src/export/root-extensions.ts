import type { DocumentationPartModel, GatewayResponseModel, RestApiModel } from '@gatehouse/api-model';
import { OWN } from '../own-extensions.js';
import type { Json } from './export-openapi.js';
import { unlessEmpty } from './in-order.js';
import { jsonSchema } from './model-schemas.js';
import { validatorNames } from './validator-names.js';

/** The documentation version that a stage names. */
export interface ExportedDocumentation {
  version: string;
  /** ISO 8601 in whole seconds. */
  createdDate: string;
  parts: readonly Pick<DocumentationPartModel, 'location' | 'properties'>[];
}

/** What the specification has no place for, at the root of the document. AWS does not export the types of the endpoint. */
export function rootExtensions(api: RestApiModel): Json {
  return {
    'x-amazon-apigateway-api-key-source': api.apiKeySource === 'HEADER' ? undefined : api.apiKeySource,
    'x-amazon-apigateway-request-validators': requestValidators(api),
    'x-amazon-apigateway-gateway-responses':
      api.gatewayResponses.length > 0
        ? Object.fromEntries(api.gatewayResponses.map((response) => [response.responseType, gatewayResponse(response)]))
        : undefined,
    'x-amazon-apigateway-binary-media-types': api.binaryMediaTypes.length > 0 ? api.binaryMediaTypes : undefined,
    'x-amazon-apigateway-minimum-compression-size': api.minimumCompressionSize,
    'x-amazon-apigateway-policy': api.policy === undefined ? undefined : (JSON.parse(api.policy) as unknown),
    'x-amazon-apigateway-endpoint-configuration': api.disableExecuteApiEndpoint ? { disableExecuteApiEndpoint: true } : undefined,
    'x-amazon-apigateway-security-policy': api.securityPolicy,
    'x-amazon-apigateway-endpoint-access-mode': api.endpointAccessMode,
    [OWN.namelessRequestValidators]: namelessRequestValidators(api),
    [OWN.otherModels]: otherModels(api),
    [OWN.endpointConfiguration]: endpointConfiguration(api),
  };
}

export function documentationExtension(documentation: ExportedDocumentation | undefined): Json {
  if (!documentation) return {};
  const { version, createdDate, parts } = documentation;
  return {
    'x-amazon-apigateway-documentation': {
      version,
      createdDate,
      documentationParts: parts.map(({ location, properties }) => ({ location, properties: JSON.parse(properties) as unknown })),
    },
  };
}

function requestValidators({ requestValidators }: RestApiModel): Json | undefined {
  const names = validatorNames(requestValidators);
  return unlessEmpty(
    Object.fromEntries(
      requestValidators.map(({ id, validateRequestParameters, validateRequestBody }) => [
        names.get(id)!,
        { validateRequestParameters, validateRequestBody },
      ]),
    ),
  );
}

function namelessRequestValidators({ requestValidators }: RestApiModel): string[] | undefined {
  const names = validatorNames(requestValidators);
  const nameless = requestValidators.filter(({ name }) => !name).map(({ id }) => names.get(id)!);
  return nameless.length > 0 ? nameless : undefined;
}

function otherModels({ models }: RestApiModel): Json | undefined {
  const others = models.filter((model) => !jsonSchema(model));
  return unlessEmpty(Object.fromEntries(others.map(({ name, ...model }) => [name, model])));
}

/** What an import makes of an API of which nothing is said goes without saying. */
function endpointConfiguration({ endpointConfiguration }: RestApiModel): Json | undefined {
  const { types, ipAddressType, vpcEndpointIds } = endpointConfiguration;
  const isDefault = types[0] === 'EDGE' && ipAddressType === 'ipv4' && !vpcEndpointIds?.length;
  return isDefault ? undefined : { types, ipAddressType, vpcEndpointIds };
}

function gatewayResponse({ statusCode, responseParameters, responseTemplates }: GatewayResponseModel): Json {
  return {
    statusCode: statusCode === undefined ? undefined : Number(statusCode),
    responseParameters: unlessEmpty(responseParameters),
    responseTemplates: unlessEmpty(responseTemplates),
  };
}
