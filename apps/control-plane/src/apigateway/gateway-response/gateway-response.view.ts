import type { GatewayResponse } from '@gatehouse/admin-contract/apigateway';
import type { EffectiveResponse } from './effective-response.js';

/** A gateway response as it goes over the wire: empty maps are kept, a status that there is not is left out. */
export function gatewayResponseView(response: EffectiveResponse): GatewayResponse {
  return {
    responseType: response.responseType,
    statusCode: response.statusCode ?? undefined,
    responseParameters: response.responseParameters,
    responseTemplates: response.responseTemplates,
    defaultResponse: response.defaultResponse,
  };
}
