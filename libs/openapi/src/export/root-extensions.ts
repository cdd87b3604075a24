import type { DocumentationPartModel, GatewayResponseModel, RestApiModel } from '@gatehouse/api-model';
import type { Json } from './export-openapi.js';
import { unlessEmpty } from './in-order.js';
import { validatorNames } from './validator-names.js';

/** The documentation version that a stage names. */
export interface ExportedDocumentation {
  version: string;
  /** ISO 8601 in whole seconds. */
  createdDate: string;
  parts: readonly Pick<DocumentationPartModel, 'location' | 'properties'>[];
}

/** What the specification has no place for, at the root of the document. The types of the endpoint are not exported, as on AWS. */
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

function gatewayResponse({ statusCode, responseParameters, responseTemplates }: GatewayResponseModel): Json {
  return {
    statusCode: statusCode === undefined ? undefined : Number(statusCode),
    responseParameters: unlessEmpty(responseParameters),
    responseTemplates: unlessEmpty(responseTemplates),
  };
}
