import type { DeploymentSnapshot, RouteSnapshot } from '@gatehouse/snapshot';
import { GatewayResponses } from '../gateway-response/gateway-responses.js';
import { BinaryMediaTypes } from '../http/binary-media-types.js';
import { compileIntegration, type CompiledIntegration } from '../integration/compile-integration.js';
import type { OpenLiteral } from '../integration-request/parameter-value.js';
import { parameterNames, RouteTree } from '../routing/route-tree.js';

/** What all routes of a deployment share. */
interface DeploymentContext {
  readonly apiId: string;
  readonly binaryMediaTypes: BinaryMediaTypes;
  readonly openLiteral: OpenLiteral;
}

/** One method of a deployment. Its integration is compiled anew when it is first asked for: most routes of a large API are asked for seldom. */
export class ServedRoute {
  private compiled: CompiledIntegration | null = null;

  constructor(
    /** Place among the deployment's routes. */
    readonly index: number,
    private readonly snapshot: RouteSnapshot,
    private readonly context: DeploymentContext,
  ) {}

  get resourceId(): string {
    return this.snapshot.resourceId;
  }
  get path(): string {
    return this.snapshot.path;
  }
  get httpMethod(): RouteSnapshot['httpMethod'] {
    return this.snapshot.httpMethod;
  }
  get apiKeyRequired(): boolean {
    return this.snapshot.apiKeyRequired;
  }
  get operationName(): string | undefined {
    return this.snapshot.operationName;
  }
  get integrationType(): RouteSnapshot['integration']['type'] {
    return this.snapshot.integration.type;
  }
  /** `{resource path}/{VERB}`, as settings and limits name the method. */
  get methodKey(): string {
    return `${this.path}/${this.httpMethod}`;
  }
  /** What this method asks for and gateways cannot enforce. */
  get denied(): readonly string[] {
    const { integration } = this.snapshot;
    return integration.type === 'DENIED' ? integration.settings : [];
  }
  get integration(): CompiledIntegration {
    return (this.compiled ??= this.compile());
  }

  /** Compiles the integration. Throws when it cannot be served; the message names the route and no secret. */
  compile(): CompiledIntegration {
    const { resourceId, path, httpMethod, operationName, integration } = this.snapshot;
    const method = { resourceId, resourcePath: path, operationName, parameterNames: parameterNames(path) };
    try {
      return compileIntegration(integration, { ...this.context, ...method });
    } catch (error) {
      throw new Error(`${httpMethod} ${path}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** A deployment, built once for its content hash and shared by all stages that serve it. */
export class ServedDeployment {
  readonly apiId: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly routes: RouteTree<ServedRoute>;
  readonly routeCount: number;
  /** Null where all are AWS's. */
  readonly gatewayResponses: GatewayResponses | null;
  /** All that guards some of its methods, as in `ServedRoute.guards`. */
  readonly guards: readonly string[];
  /** Some of its methods ask for what gateways cannot enforce. */
  readonly hasDeniedRoutes: boolean;

  /**
   * Tries everything that could fail, so that a stage is never pointed to what cannot be served. Throws when a sealed literal does not open
   * or a part of a route cannot be built; the message names the route and no secret.
   */
  constructor(snapshot: DeploymentSnapshot, openLiteral: OpenLiteral) {
    const binaryMediaTypes = new BinaryMediaTypes(snapshot.binaryMediaTypes ?? []);
    const context = { apiId: snapshot.apiId, binaryMediaTypes, openLiteral };
    this.apiId = snapshot.apiId;
    this.disableExecuteApiEndpoint = snapshot.disableExecuteApiEndpoint;
    this.routeCount = snapshot.routes.length;
    this.gatewayResponses = snapshot.gatewayResponses ? new GatewayResponses(snapshot.gatewayResponses, openLiteral) : null;
    this.guards = [...new Set(snapshot.routes.flatMap(guardsOf))];
    this.hasDeniedRoutes = snapshot.routes.some(({ integration }) => integration.type === 'DENIED');
    this.routes = new RouteTree(
      snapshot.routes.map((route, index) => {
        const served = new ServedRoute(index, route, context);
        served.compile();
        return { path: route.path, httpMethod: route.httpMethod, route: served };
      }),
    );
  }
}
