import type { Method } from '@gatehouse/admin-contract/apigateway';
import { integrationView } from '../integration/integration.view.js';
import { methodResponseView } from '../method-response/method-response.view.js';
import { unlessEmpty } from './unless-empty.js';
import type { MethodEntity } from './method.entity.js';

/** A method as it goes over the wire, with its integration and responses; what is not set is left out. */
export function methodView(method: MethodEntity): Method {
  return {
    httpMethod: method.httpMethod,
    authorizationType: method.authorizationType,
    authorizerId: method.authorizerId ?? undefined,
    apiKeyRequired: method.apiKeyRequired,
    requestValidatorId: method.requestValidatorId ?? undefined,
    operationName: method.operationName ?? undefined,
    requestParameters: unlessEmpty(method.requestParameters),
    requestModels: unlessEmpty(method.requestModels),
    methodResponses: unlessEmpty(
      Object.fromEntries(method.methodResponses.map((response) => [response.statusCode, methodResponseView(response)])),
    ),
    methodIntegration: method.methodIntegration ? integrationView(method.methodIntegration) : undefined,
    authorizationScopes: method.authorizationScopes.length > 0 ? method.authorizationScopes : undefined,
  };
}
