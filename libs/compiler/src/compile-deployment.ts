import { badRequest } from '@gatehouse/aws-wire';
import type { MethodModel, ResourceModel, RestApiModel } from '@gatehouse/api-model';
import { canonicalJson, contentHash, type DeploymentSnapshot, type RouteSnapshot } from '@gatehouse/snapshot';
import { compileIntegration } from './compile-integration.js';
import type { MappingContext } from './compile-mapping.js';
import type { CompileContext } from './sealed-literal.js';
import { SelectionPatterns } from './selection-pattern.js';
import { Refusals } from './unenforceable-settings.js';

export interface CompiledDeployment {
  body: DeploymentSnapshot;
  /** Names the document: SHA-256 of the body's canonical JSON. */
  hash: string;
}

/**
 * Compiles what was deployed into what gateways serve. The same model and key always give the same hash, whatever the order in which the
 * model lists its parts.
 *
 * Throws AWS's `BadRequestException` for an API without methods or with a method that has no integration, and `UnenforceableSettings`,
 * naming every place, for what gateways cannot enforce yet.
 *
 * Not looked at, because AWS does not enforce them either without a request validator: requestModels and the `required` flag of
 * requestParameters.
 */
export function compileDeployment(model: RestApiModel, context: CompileContext): CompiledDeployment {
  const methods = model.resources.flatMap((resource) => resource.methods.map((method) => ({ resource, method })));
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some(({ method }) => !method.methodIntegration)) throw badRequest('No integration defined for method');

  const refusals = new Refusals('API');
  refuseUnenforceableApi(model, refusals);
  const mapping = { ...context, apiId: model.apiId, refusals, patterns: new SelectionPatterns() };
  const routes = methods.flatMap(({ resource, method }) => compileRoute(resource, method, mapping) ?? []);
  refusals.throwIfAny();

  routes.sort((a, b) => compare(a.path, b.path) || compare(a.httpMethod, b.httpMethod));
  const body: DeploymentSnapshot = {
    protocol: 'REST',
    apiId: model.apiId,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: model.disableExecuteApiEndpoint,
    routes,
  };
  return { body, hash: contentHash(canonicalJson(body)) };
}

function refuseUnenforceableApi(model: RestApiModel, refusals: Refusals): void {
  refusals.when(model.policy, 'policy');
  refusals.when(model.securityPolicy, `securityPolicy ${model.securityPolicy}`);
  refusals.when(model.endpointAccessMode, `endpointAccessMode ${model.endpointAccessMode}`);
  refusals.when(model.minimumCompressionSize !== undefined, `minimumCompressionSize ${model.minimumCompressionSize}`);
  refusals.when(model.apiKeySource !== 'HEADER', `apiKeySource ${model.apiKeySource}`);
  for (const type of model.endpointConfiguration.types) {
    refusals.when(type !== 'EDGE' && type !== 'REGIONAL', `endpointConfiguration type ${type}`);
  }
  refusals.when(model.endpointConfiguration.vpcEndpointIds?.length, 'endpointConfiguration vpcEndpointIds');
  // Only the body handling of non-proxy HTTP depends on them: MOCK has no body and HTTP_PROXY carries bytes as they are.
  const converts = model.resources.some(({ methods }) => methods.some((method) => method.methodIntegration?.type === 'HTTP'));
  refusals.when(model.binaryMediaTypes.length > 0 && converts, 'binaryMediaTypes together with HTTP integrations');
}

function compileRoute(resource: ResourceModel, method: MethodModel, context: MappingContext): RouteSnapshot | undefined {
  const refusals = context.refusals.at(`${method.httpMethod} ${resource.path}`);
  refusals.when(method.authorizationType !== 'NONE', `authorizationType ${method.authorizationType}`);
  refusals.when(method.authorizationScopes?.length, 'authorizationScopes');
  refusals.when(method.requestValidatorId, 'requestValidatorId');
  const integration = method.methodIntegration && compileIntegration(method.methodIntegration, { ...context, refusals });
  return (
    integration && {
      resourceId: resource.id,
      path: resource.path,
      httpMethod: method.httpMethod,
      apiKeyRequired: method.apiKeyRequired,
      ...(method.operationName !== undefined && { operationName: method.operationName }),
      integration,
    }
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
