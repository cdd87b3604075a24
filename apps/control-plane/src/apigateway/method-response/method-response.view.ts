import type { MethodResponse } from '@gatehouse/admin-contract/apigateway';
import type { MethodResponseModel } from '@gatehouse/api-model';
import { unlessEmpty } from '../method/unless-empty.js';

/** A method response as it goes over the wire; empty maps are left out. */
export function methodResponseView(response: MethodResponseModel): MethodResponse {
  return {
    statusCode: response.statusCode,
    responseParameters: unlessEmpty(response.responseParameters),
    responseModels: unlessEmpty(response.responseModels),
  };
}
