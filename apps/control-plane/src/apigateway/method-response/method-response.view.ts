import type { MethodResponse } from '@gatehouse/admin-contract/apigateway';
import type { MethodResponseModel } from '@gatehouse/api-model';
import { echoed, type WithEmptyMaps } from '../method/empty-maps.js';

/** A method response as it goes over the wire. */
export function methodResponseView(response: WithEmptyMaps<MethodResponseModel>): MethodResponse {
  return {
    statusCode: response.statusCode,
    responseParameters: echoed(response, 'responseParameters'),
    responseModels: echoed(response, 'responseModels'),
  };
}
