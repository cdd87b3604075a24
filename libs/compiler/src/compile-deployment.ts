import { badRequest } from '@gatehouse/aws-wire';
import type { MethodModel, ResourceModel, RestApiModel } from '@gatehouse/api-model';
import {
  canonicalJson,
  contentHash,
  type AuthorizationSnapshot,
  type CacheKeySnapshot,
  type DeploymentSnapshot,
  type IntegrationSnapshot,
  type RouteSnapshot,
  type ValidationSnapshot,
} from '@gatehouse/snapshot';
import { Authorizers } from './compile-authorization.js';
import { compileGatewayResponses } from './compile-gateway-responses.js';
import { compileCacheKey } from './compile-cache-key.js';
import { compileIntegration } from './compile-integration.js';
import type { MappingContext } from './compile-mapping.js';
import { RequestValidation } from './compile-validation.js';
import { compileResourcePolicy } from './resource-policy.js';
import type { CompileContext } from './sealed-literal.js';
import { SelectionPatterns } from './selection-pattern.js';
import { Refusals } from './unenforceable-settings.js';

export interface CompiledDeployment {
  body: DeploymentSnapshot;
  /** Names the document: SHA-256 of the body's canonical JSON. */
  hash: string;
  /** What gateways cannot enforce, each with its place. The routes that it concerns are denied in `body`: they answer 500. */
  unenforceable: readonly string[];
}

/**
 * Compiles what was deployed into what gateways serve. The same model and key always give the same hash, whatever the order in which the
 * model lists its parts. A route with a setting that gateways cannot enforce is denied; whoever takes such deployments in decides with
 * `refuseUnenforceable`.
 *
 * Throws AWS's `BadRequestException` for an API without methods or with a method that has no integration.
 *
 * Without a request validator neither requestModels nor the `required` flag of requestParameters are looked at: AWS does not enforce them either.
 */
export function compileDeployment(model: RestApiModel, context: CompileContext): CompiledDeployment {
  const methods = model.resources.flatMap((resource) => resource.methods.map((method) => ({ resource, method })));
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");

  const ofApi = new Refusals('API');
  refuseUnenforceableApi(model, ofApi);
  const shared = { ...context, apiId: model.apiId, patterns: new SelectionPatterns() };
  const gatewayResponses = compileGatewayResponses(model.gatewayResponses, { ...shared, refusals: ofApi });
  const policy = compileResourcePolicy(model.policy, context.scope, model.apiId, ofApi);
  const unenforceable = [...ofApi.settings];
  const authorizers = new Authorizers(model.authorizers);
  const requestValidation = new RequestValidation(model);
  const routes = methods.map(({ resource, method }) => {
    const refusals = new Refusals(`${method.httpMethod} ${resource.path}`);
    const integration = compileMethod(model, method, { ...shared, refusals });
    const authorization = authorizers.authorizationOf(method, refusals);
    const validation = requestValidation.of(method, refusals);
    const cacheKey = method.methodIntegration && compileCacheKey(resource, method.methodIntegration, { refusals });
    unenforceable.push(...refusals.settings);
    return compileRoute(resource, method, { authorization, validation, integration, ...cacheKey }, [
      ...ofApi.settings,
      ...refusals.settings,
    ]);
  });

  routes.sort((a, b) => compare(a.path, b.path) || compare(a.httpMethod, b.httpMethod));
  const { models } = requestValidation;
  const body: DeploymentSnapshot = {
    protocol: 'REST',
    apiId: model.apiId,
    apiKeySource: model.apiKeySource,
    disableExecuteApiEndpoint: model.disableExecuteApiEndpoint,
    ...binaryMediaTypesFor(routes, model),
    ...(model.minimumCompressionSize !== undefined && { minimumCompressionSize: model.minimumCompressionSize }),
    ...policy,
    ...(authorizers.snapshots.length > 0 && { authorizers: authorizers.snapshots }),
    ...(models.length > 0 && { models }),
    ...(gatewayResponses.length > 0 && { gatewayResponses }),
    routes,
  };
  return { body, hash: contentHash(canonicalJson(body)), unenforceable };
}

function refuseUnenforceableApi(model: RestApiModel, refusals: Refusals): void {
  refusals.when(model.securityPolicy, `securityPolicy ${model.securityPolicy}`);
  refusals.when(model.endpointAccessMode, `endpointAccessMode ${model.endpointAccessMode}`);
  for (const type of model.endpointConfiguration.types) {
    refusals.when(type !== 'EDGE' && type !== 'REGIONAL', `endpointConfiguration type ${type}`);
  }
  refusals.when(model.endpointConfiguration.vpcEndpointIds?.length, 'endpointConfiguration vpcEndpointIds');
}

/** Undefined where the integration cannot be served; then the reason is among the refusals. */
function compileMethod(model: RestApiModel, method: MethodModel, context: MappingContext): IntegrationSnapshot | undefined {
  const { methodIntegration: integration } = method;
  if (!integration) throw badRequest('No integration defined for method');
  return compileIntegration(integration, context);
}

interface CompiledMethod {
  authorization: AuthorizationSnapshot | undefined;
  validation: ValidationSnapshot | undefined;
  integration: IntegrationSnapshot | undefined;
  cacheKey?: CacheKeySnapshot | undefined;
}

function compileRoute(
  resource: ResourceModel,
  method: MethodModel,
  { authorization, validation, integration, cacheKey }: CompiledMethod,
  denied: readonly string[],
): RouteSnapshot {
  return {
    resourceId: resource.id,
    path: resource.path,
    httpMethod: method.httpMethod,
    apiKeyRequired: method.apiKeyRequired,
    ...(method.operationName !== undefined && { operationName: method.operationName }),
    ...(authorization && { authorization }),
    ...(validation && denied.length === 0 && { validation }),
    integration: integration && denied.length === 0 ? integration : { type: 'DENIED', settings: denied },
    ...(cacheKey && { cacheKey }),
  };
}

/** MOCK has no body, and HTTP_PROXY carries bytes as they are. */
const GO_BY_MEDIA_TYPES: ReadonlySet<string> = new Set(['AWS_PROXY', 'AWS', 'AWS_SERVICE', 'HTTP']);

/** Media types are the same in any case and order. */
function binaryMediaTypesFor(routes: readonly RouteSnapshot[], { binaryMediaTypes }: RestApiModel) {
  if (binaryMediaTypes.length === 0 || !routes.some(({ integration }) => GO_BY_MEDIA_TYPES.has(integration.type))) return {};
  return { binaryMediaTypes: [...new Set(binaryMediaTypes.map((type) => type.toLowerCase()))].sort(compare) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
