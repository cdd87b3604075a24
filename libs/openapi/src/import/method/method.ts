import type { DefinedMethod } from '@gatehouse/api-model';
import { validatorOf } from '../api/request-validators.js';
import type { ImportContext } from '../context.js';
import { integrationOf } from '../integration/integration.js';
import type { OperationView } from '../operation/operation-view.js';
import type { Models } from '../schemas/models.js';
import type { MethodSecurities } from '../security/method-security.js';
import { withoutAbsent } from '../without-absent.js';
import { bodyModels } from './bodies.js';
import { methodResponses } from './method-responses.js';
import { requestParameters } from './request-parameters.js';

/** What methods refer to by name, and what guards them. */
export interface MethodContext extends ImportContext {
  readonly models: Models;
  readonly securities: MethodSecurities;
  readonly validators: ReadonlySet<string>;
}

/** An operation of the document as a method of the resource at `resourcePath`, which has the base path before it. */
export function methodOf(operation: OperationView, resourcePath: string, context: MethodContext): DefinedMethod {
  const { node } = operation;
  const method = withoutAbsent({
    httpMethod: operation.httpMethod,
    ...context.securities.of(operation),
    operationName: node.member('operationId')?.text() || undefined,
    requestValidator: validatorOf(node, context.root, context.validators),
    requestParameters: requestParameters(operation, resourcePath, context.warnings),
    requestModels: bodyModels(operation.requestBodies, context.models),
    methodResponses: methodResponses(operation, context.models, context),
    methodIntegration: integrationOf(operation, context),
  });
  return context.places.of(method, node);
}
