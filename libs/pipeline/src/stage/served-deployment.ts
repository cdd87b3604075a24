import { Policy, readPolicyText } from '@gatehouse/iam-policy';
import type { CacheKeySnapshot, DeploymentSnapshot, RouteSnapshot } from '@gatehouse/snapshot';
import { GatewayResponses } from '../gateway-response/gateway-responses.js';
import { BinaryMediaTypes } from '../http/binary-media-types.js';
import { compileIntegration, type CompiledIntegration } from '../integration/compile-integration.js';
import type { OpenLiteral } from '../integration-request/parameter-value.js';
import { Authorizers } from '../method-request/authorization/authorizers.js';
import { secretNames } from '../logs/secret-names.js';
import { RequestModels } from '../method-request/request-models.js';
import { parameterNames, RouteTree } from '../routing/route-tree.js';

/** What all routes of a deployment share. */
interface DeploymentContext {
  readonly minimumCompressionSize: number | null;
  readonly apiId: string;
  readonly apiKeySource: DeploymentSnapshot['apiKeySource'];
  readonly authorizers: Authorizers;
  readonly binaryMediaTypes: BinaryMediaTypes;
  readonly models: RequestModels;
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
  get authorization(): RouteSnapshot['authorization'] {
    return this.snapshot.authorization;
  }
  /** Bytes from which on answers are compressed; null for never. */
  get minimumCompressionSize(): number | null {
    return this.context.minimumCompressionSize;
  }
  /** What its requests are validated by. */
  get validation(): RouteSnapshot['validation'] {
    return this.snapshot.validation;
  }
  /** Those of the deployment. */
  get models(): RequestModels {
    return this.context.models;
  }
  /** Those of the deployment. */
  get authorizers(): Authorizers {
    return this.context.authorizers;
  }
  get apiKeySource(): DeploymentSnapshot['apiKeySource'] {
    return this.context.apiKeySource;
  }
  /** What a request must pass to get to this method, each in a text that is the same for the same. */
  get guards(): readonly string[] {
    return guardsOf(this.snapshot);
  }
  /** Headers and parameters of its own that no log tells, by name. */
  get secretNames(): readonly string[] {
    return secretNames(this.snapshot, this.context.authorizers);
  }
  /** Where its answers are kept, and what tells them apart. */
  get cacheKey(): CacheKeySnapshot {
    return this.snapshot.cacheKey ?? { namespace: this.resourceId, parameters: [] };
  }
  /** The gateway makes different answers of the backend's for different values of Accept. */
  get answersByAccept(): boolean {
    const { integration } = this.snapshot;
    const hasTemplates = 'responses' in integration && integration.responses.some(({ templates }) => templates !== undefined);
    return hasTemplates || this.context.binaryMediaTypes.size > 0;
  }
  get parameterNames(): readonly string[] {
    return parameterNames(this.path);
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

  /** Compiles the integration. Throws when the method cannot be served; the message names the route and no secret. */
  compile(): CompiledIntegration {
    const { resourceId, path, httpMethod, operationName, authorization, validation, integration } = this.snapshot;
    const method = { resourceId, resourcePath: path, operationName, parameterNames: parameterNames(path) };
    try {
      this.context.authorizers.check(authorization);
      this.context.models.check(validation);
      return compileIntegration(integration, { ...this.context, ...method });
    } catch (error) {
      throw new Error(`${httpMethod} ${path}: ${(error as Error).message}`, { cause: error });
    }
  }
}

function guardsOf({ apiKeyRequired, authorization }: RouteSnapshot): string[] {
  return [...(apiKeyRequired ? ['API key'] : []), ...(authorization ? [JSON.stringify(authorization)] : [])];
}

/** A deployment, built once for its content hash and shared by all stages that serve it. */
export class ServedDeployment {
  readonly apiId: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly routes: RouteTree<ServedRoute>;
  readonly routeCount: number;
  /** Null where all are AWS's. */
  readonly gatewayResponses: GatewayResponses | null;
  /** The API's resource policy; null where it has none. */
  readonly policy: Policy | null;
  /** All that guards some of its methods, as in `ServedRoute.guards`. */
  readonly guards: readonly string[];
  /** Some of its methods ask for what gateways cannot enforce. */
  readonly hasDeniedRoutes: boolean;

  /**
   * Tries everything that could fail, so that a stage is never pointed to what cannot be served. Throws when a sealed literal does not open, the resource policy cannot be evaluated
   * or a part of a route cannot be built; the message names the route and no secret.
   */
  constructor(snapshot: DeploymentSnapshot, openLiteral: OpenLiteral) {
    const binaryMediaTypes = new BinaryMediaTypes(snapshot.binaryMediaTypes ?? []);
    const { apiId, apiKeySource } = snapshot;
    const authorizers = new Authorizers(snapshot.authorizers ?? []);
    const models = new RequestModels(apiId, snapshot.models ?? []);
    const { minimumCompressionSize = null } = snapshot;
    const context = { minimumCompressionSize, apiId, apiKeySource, authorizers, binaryMediaTypes, models, openLiteral };
    this.apiId = snapshot.apiId;
    this.disableExecuteApiEndpoint = snapshot.disableExecuteApiEndpoint;
    this.routeCount = snapshot.routes.length;
    this.gatewayResponses = snapshot.gatewayResponses ? new GatewayResponses(snapshot.gatewayResponses, openLiteral) : null;
    this.policy = snapshot.policy === undefined ? null : Policy.compile(readPolicyText(snapshot.policy), 'resource');
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
