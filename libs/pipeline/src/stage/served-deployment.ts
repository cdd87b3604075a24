import type { DeploymentSnapshot, RouteSnapshot } from '@gatehouse/snapshot';
import { compileIntegration, type CompiledIntegration } from '../integration/compile-integration.js';
import type { OpenLiteral } from '../integration-request/parameter-value.js';
import { parameterNames, RouteTree } from '../routing/route-tree.js';

/** One method of a deployment. */
export interface ServedRoute {
  /** Place among the deployment's routes. */
  readonly index: number;
  readonly resourceId: string;
  readonly path: string;
  readonly httpMethod: RouteSnapshot['httpMethod'];
  readonly apiKeyRequired: boolean;
  readonly operationName: string | undefined;
  /** Names of the path's parameters, in the order of the values that the router finds. */
  readonly parameterNames: readonly string[];
  readonly integration: CompiledIntegration;
}

/** A deployment, built once for its content hash and shared by all stages that serve it. */
export class ServedDeployment {
  readonly apiId: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly routes: RouteTree<ServedRoute>;

  /**
   * Builds everything that could fail, so that a stage is never pointed to what cannot be served. Throws when a sealed literal does not open
   * or a part of a route cannot be built; the message names the route and no secret.
   */
  constructor(snapshot: DeploymentSnapshot, openLiteral: OpenLiteral) {
    this.apiId = snapshot.apiId;
    this.disableExecuteApiEndpoint = snapshot.disableExecuteApiEndpoint;
    this.routes = new RouteTree(
      snapshot.routes.map((route, index) => ({
        path: route.path,
        httpMethod: route.httpMethod,
        route: serveRoute(route, index, snapshot.apiId, openLiteral),
      })),
    );
  }
}

function serveRoute(route: RouteSnapshot, index: number, apiId: string, openLiteral: OpenLiteral): ServedRoute {
  const names = parameterNames(route.path);
  try {
    return {
      index,
      resourceId: route.resourceId,
      path: route.path,
      httpMethod: route.httpMethod,
      apiKeyRequired: route.apiKeyRequired,
      operationName: route.operationName,
      parameterNames: names,
      integration: compileIntegration(route.integration, { apiId, parameterNames: names, openLiteral }),
    };
  } catch (error) {
    throw new Error(`${route.httpMethod} ${route.path}: ${(error as Error).message}`, { cause: error });
  }
}
