import { shown } from '@gatehouse/aws-wire';
import type { MethodResponseModel } from '@gatehouse/api-model';
import type { OperationView } from '../operation/operation-view.js';
import type { Models } from '../schemas/models.js';
import type { ImportContext } from '../context.js';
import { bodyModels } from './bodies.js';

/**
 * The method responses of an operation. AWS has them by status code only: `default` and ranges such as `4XX` are left out with a warning.
 * Source: developer guide, api-gateway-method-settings-method-response.
 */
export function methodResponses(
  operation: OperationView,
  models: Models,
  { warnings, places }: ImportContext,
): MethodResponseModel[] {
  return operation.responses.flatMap(({ status, node, headers, bodies }) => {
    if (!/^[1-5]\d\d$/.test(status)) {
      warnings.add(
        `Response '${shown(status)}' of resource '${operation.path}' and method '${operation.httpMethod}' is not a status code. Ignoring.`,
        node,
      );
      return [];
    }
    const response = {
      statusCode: status,
      responseParameters: Object.fromEntries(headers.map(({ name, required }) => [`method.response.header.${name}`, required])),
      responseModels: bodyModels(bodies, models),
    };
    return places.of(response, node);
  });
}
