import type { IntegrationResponse } from '@gatehouse/admin-contract/apigateway';
import type { IntegrationResponseModel } from '@gatehouse/api-model';
import { unlessEmpty } from '../method/unless-empty.js';

/** An integration response as it goes over the wire: an empty selection pattern is kept, a template without text is null. */
export function integrationResponseView(response: IntegrationResponseModel): IntegrationResponse {
  return {
    statusCode: response.statusCode,
    selectionPattern: response.selectionPattern,
    responseParameters: unlessEmpty(response.responseParameters),
    responseTemplates: unlessEmpty(response.responseTemplates),
    contentHandling: response.contentHandling as IntegrationResponse['contentHandling'],
  };
}
