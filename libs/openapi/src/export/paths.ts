import type { MethodModel, RequestValidatorModel, ResourceModel, RestApiModel } from '@gatehouse/api-model';
import { OWN } from '../own-extensions.js';
import type { Documented } from './documented.js';
import type { ExportType, Json } from './export-openapi.js';
import { integrationExtension, ownIntegration } from './integration-extension.js';
import { oas30Body, oas30Parameters, oas30Responses } from './oas30-operation.js';
import type { SecuritySchemes } from './security-schemes.js';
import { swaggerBody, swaggerMediaTypes, swaggerParameters, swaggerResponses } from './swagger-operation.js';
import { validatorNames } from './validator-names.js';

export interface PathOptions {
  type: ExportType;
  security: SecuritySchemes;
  documented: Documented;
  integrations: boolean;
  validators: boolean;
  /** Whether an import is to read exactly the methods that there are. */
  exact: boolean;
}

/** One path item for each resource that has methods, and for each one that nothing below would bring back. */
export function paths(api: RestApiModel, options: PathOptions): Json {
  const names = validatorNames(api.requestValidators);
  const parents = new Set(api.resources.map(({ path }) => path.slice(0, path.lastIndexOf('/')) || '/'));
  const shown = api.resources.filter(({ path, methods }) => methods.length > 0 || !parents.has(path));
  return Object.fromEntries(
    shown.map((resource) => [
      resource.path,
      {
        ...Object.fromEntries(
          resource.methods.map((method) => [
            method.httpMethod === 'ANY' ? 'x-amazon-apigateway-any-method' : method.httpMethod.toLowerCase(),
            operation(method, resource, names, options),
          ]),
        ),
        ...options.documented.attributes('RESOURCE', { path: resource.path }),
      },
    ]),
  );
}

function operation(
  method: MethodModel,
  resource: ResourceModel,
  names: ReadonlyMap<RequestValidatorModel['id'], string>,
  options: PathOptions,
): Json {
  const { documented } = options;
  const place = { path: resource.path, method: method.httpMethod, exact: options.exact };
  const validator = method.requestValidatorId === undefined ? undefined : names.get(method.requestValidatorId);
  return {
    operationId: method.operationName,
    ...documented.attributes('METHOD', place),
    ...(options.type === 'swagger'
      ? {
          ...swaggerMediaTypes(method),
          parameters: listUnlessEmpty([
            ...swaggerParameters(method, place, documented),
            ...swaggerBody(method, place, documented),
          ]),
          responses: swaggerResponses(method, place, documented),
        }
      : {
          parameters: listUnlessEmpty(oas30Parameters(method, place, documented)),
          requestBody: oas30Body(method, place, documented),
          responses: oas30Responses(method, place, documented),
        }),
    security: listUnlessEmpty(options.security.requirements(method)),
    ...(options.validators ? { 'x-amazon-apigateway-request-validator': validator } : {}),
    ...(options.integrations && method.methodIntegration
      ? {
          'x-amazon-apigateway-integration': integrationExtension(method.methodIntegration, resource.id),
          [OWN.integration]: ownIntegration(method.methodIntegration),
        }
      : {}),
  };
}

const listUnlessEmpty = <T>(list: T[]) => (list.length > 0 ? list : undefined);
