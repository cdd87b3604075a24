import type { Integration } from '@gatehouse/admin-contract/apigateway';
import type { IntegrationModel } from '@gatehouse/api-model';
import { integrationResponseView } from '../integration-response/integration-response.view.js';
import { unlessEmpty } from '../method/unless-empty.js';
import { overHttp } from './integration-rules.js';

/** An integration as it goes over the wire; what is not set is left out, except the cache keys. */
export function integrationView(integration: IntegrationModel): Integration {
  return {
    type: integration.type,
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    connectionType: integration.connectionType ?? (overHttp(integration.type) ? 'INTERNET' : undefined),
    connectionId: integration.connectionId,
    credentials: integration.credentials,
    requestParameters: unlessEmpty(integration.requestParameters),
    requestTemplates: unlessEmpty(integration.requestTemplates),
    passthroughBehavior: integration.passthroughBehavior,
    contentHandling: integration.contentHandling as Integration['contentHandling'],
    timeoutInMillis: integration.timeoutInMillis,
    cacheNamespace: integration.cacheNamespace,
    cacheKeyParameters: integration.cacheKeyParameters,
    integrationResponses: unlessEmpty(
      Object.fromEntries(
        integration.integrationResponses.map((response) => [response.statusCode, integrationResponseView(response)]),
      ),
    ),
    tlsConfig: integration.tlsConfig,
    responseTransferMode: integration.responseTransferMode,
    integrationTarget: integration.integrationTarget,
  };
}
