import type { IntegrationResponse } from '@gatehouse/admin-contract/apigateway';
import type { IntegrationResponseModel } from '@gatehouse/api-model';
import { echoed, type WithEmptyMaps } from '../method/empty-maps.js';

/** An integration response as it goes over the wire: an empty selection pattern is kept, a template without text is null. */
export function integrationResponseView(response: WithEmptyMaps<IntegrationResponseModel>): IntegrationResponse {
  return {
    statusCode: response.statusCode,
    selectionPattern: response.selectionPattern,
    responseParameters: echoed(response, 'responseParameters'),
    responseTemplates: echoed(response, 'responseTemplates'),
    contentHandling: response.contentHandling as IntegrationResponse['contentHandling'],
  };
}
