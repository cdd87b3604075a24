import { HTTP_METHODS, type HttpMethod } from '@gatehouse/api-model';
import type { MethodSettingSnapshot, Scope, StageSnapshot } from '@gatehouse/snapshot';
import type { Limiter } from '@gatehouse/throttling';
import { utf8Bytes } from '../http/byte-text.js';
import { StageAccessLog } from '../logs/stage-access-log.js';
import type { AwsServices } from '../integration/aws-services.js';
import type { LambdaService } from '../integration/lambda-service.js';
import type { DecisionCache } from '../method-request/authorization/decision-cache.js';
import type { Signers } from '../method-request/authorization/signers.js';
import type { UserPools } from '../method-request/authorization/user-pools/user-pools.js';
import type { ResponseCache } from '../caching/response-cache.js';
import type { ClientCertificate, Upstream, Via } from '../upstream/upstream.js';
import { compileRoad, type Road, type RoadWatch } from '../rest-pipeline.js';
import type { ConsumerDirectory } from './consumer-directory.js';
import type { ServedDeployment, ServedRoute } from './served-deployment.js';

/** What the steps of every stage use. */
export interface PipelineServices {
  readonly limiter: Limiter;
  readonly upstream: Upstream;
  /** Where functions are invoked; null where nothing runs them. */
  readonly lambda: LambdaService | null;
  /** The services of AWS; null where there are no credentials for them. */
  readonly aws: AwsServices | null;
  /** Where VPC links lead, by their ids or the ARNs of their targets. */
  readonly vpcLinks: ReadonlyMap<string, Via>;
  /** What Lambda authorizers decided. */
  readonly decisions: DecisionCache;
  readonly userPools: UserPools;
  /** Users, by their access keys. */
  readonly signers: Signers;
  /** Where answers are kept that stages want kept; null where none are. */
  readonly cache: ResponseCache | null;
  /** Most bytes that a request body may have. */
  readonly bodyLimit: number;
}

/** One stage of an API on one deployment. Immutable: a change of the stage makes a new one, and requests in flight keep theirs. */
export class ServedStage {
  /** `{apiId}/{stageName}`, as usage plans name it. */
  readonly key: string;
  readonly apiId: string;
  readonly stageName: string;
  readonly deploymentId: string;
  readonly deploymentHash: string;
  /** Percentage of the requests that the canary release serves. */
  private readonly canaryTraffic: number;
  /** Names the cache of its answers, as it is since it was flushed last; null where it has none. */
  readonly cacheName: string | null;
  /** Whether this is a canary release; null where the stage has none. */
  readonly isCanary: boolean | null;
  /** Decisions of authorizers hold under the same name only. */
  readonly decisionsEpoch: string;
  /** What is written of each request; null where the stage wants none of it. */
  readonly accessLog: StageAccessLog | null;
  /** Stage variables, as the bytes that go on the wire. */
  readonly variables: ReadonlyMap<string, string>;
  /** Those of the account that its methods name: id -> ARN of the target. */
  readonly vpcLinks: ReadonlyMap<string, string>;
  private readonly settings: ReadonlyMap<string, MethodSettingSnapshot>;
  /** Paths that have an entry for a verb; null where none has. An ANY method of such a path has a road for each verb. */
  private readonly pathsWithVerbs: ReadonlySet<string> | null;
  /** What the stage asks for of all methods and gateways cannot enforce. */
  private readonly denied: readonly string[];
  /** Some of its methods are denied, by the deployment or by the stage. */
  readonly hasDeniedRoutes: boolean;
  /** Not everyone may call all of its methods. */
  readonly hasGuardedRoutes: boolean;
  /** By the route's index; compiled when a route is first asked for, so that a publication costs nothing per route. */
  private roads: (Road | null)[] | null = null;
  /** `{resource path}/{verb of the request}` -> the road of an ANY method. */
  private readonly roadsOfVerbs = new Map<string, Road>();

  constructor(
    readonly scope: Scope,
    snapshot: StageSnapshot,
    readonly deployment: ServedDeployment,
    readonly consumers: ConsumerDirectory,
    readonly services: PipelineServices,
    /** What serves a share of the requests in this one's place; null where there is none. */
    readonly canary: ServedStage | null = null,
    /** What it shows to backends; null where that is nothing. */
    readonly clientCertificate: ClientCertificate | null = null,
  ) {
    this.canaryTraffic = snapshot.canary?.percentTraffic ?? 0;
    this.cacheName = cacheNameOf(scope, snapshot, snapshot.canary !== undefined && canary === null);
    this.isCanary = snapshot.canary === undefined ? null : canary === null;
    this.apiId = snapshot.apiId;
    this.stageName = snapshot.stageName;
    this.key = `${snapshot.apiId}/${snapshot.stageName}`;
    this.deploymentId = snapshot.deploymentId;
    this.deploymentHash = snapshot.deploymentHash;
    this.decisionsEpoch = snapshot.decisionsEpoch ?? '';
    this.accessLog = snapshot.accessLog ? new StageAccessLog(snapshot.accessLog, this.isCanary === true) : null;
    this.variables = new Map(snapshot.variables.map(([name, value]) => [name, utf8Bytes(value)]));
    this.vpcLinks = new Map(snapshot.vpcLinks);
    this.settings = new Map(snapshot.methodSettings.map((setting) => [`${setting.path}/${setting.httpMethod}`, setting]));
    const withVerbs = snapshot.methodSettings.filter(({ httpMethod }) => httpMethod !== '*' && httpMethod !== 'ANY');
    this.pathsWithVerbs = withVerbs.length > 0 ? new Set(withVerbs.map(({ path }) => path)) : null;
    this.denied = snapshot.denied ?? [];
    const deniedByStage = this.denied.length > 0 || snapshot.methodSettings.some((setting) => setting.denied !== undefined);
    this.hasDeniedRoutes = deployment.hasDeniedRoutes || deniedByStage;
    this.hasGuardedRoutes = deployment.guards.length > 0 || this.hasDeniedRoutes;
  }

  /** This stage or its canary release: whichever serves the next request, as chance has it. Source: AWS, "Set up an API Gateway canary release deployment". */
  forRequest(): ServedStage {
    return this.canary !== null && Math.random() * 100 < this.canaryTraffic ? this.canary : this;
  }

  /** What a method asks for that gateways cannot enforce: of itself, and by the stage. */
  unenforced(route: ServedRoute, verb: string): string[] {
    return [...this.denied, ...(this.methodSetting(route, verb)?.denied ?? []), ...route.denied];
  }

  /** Whether every request to the method is refused because of that. */
  denies(route: ServedRoute, verb: string): boolean {
    return this.hasDeniedRoutes && this.unenforced(route, verb).length > 0;
  }

  /** The settings for a method that is asked for by `verb`: the entry of the verb, the method's own, else the wildcard's. */
  methodSetting(route: ServedRoute, verb: string): MethodSettingSnapshot | undefined {
    return this.settings.get(this.settingKey(route, verb)) ?? this.settings.get(`${route.path}/*`) ?? this.settings.get('*/*');
  }

  /** Whether the settings that hold for such requests are of the method, not of all methods. */
  hasSettingOf(route: ServedRoute, verb: string): boolean {
    return this.settings.has(this.settingKey(route, verb)) || this.settings.has(`${route.path}/*`);
  }

  /** What settings and limits name the method by: an ANY method goes by the request's verb where there is an entry for it. */
  settingKey(route: ServedRoute, verb: string): string {
    const ofVerb = `${route.path}/${verb}`;
    return this.settings.has(ofVerb) ? ofVerb : route.methodKey;
  }

  /** The road of a request with this verb to a method. */
  road(route: ServedRoute, verb: string): Road {
    if (route.httpMethod === 'ANY' && this.pathsWithVerbs?.has(route.path)) return this.roadOfVerb(route, verb);
    this.roads ??= new Array<Road | null>(this.deployment.routeCount).fill(null);
    return (this.roads[route.index] ??= compileRoad(route, this, route.httpMethod));
  }

  /** The same road with something around each step, for one request. */
  watchedRoad(route: ServedRoute, verb: string, watch: RoadWatch): Road {
    const isOfVerb = route.httpMethod === 'ANY' && this.pathsWithVerbs?.has(route.path) === true;
    return compileRoad(route, this, isOfVerb ? knownVerb(verb) : route.httpMethod, watch);
  }

  /** Has roads compiled anew when they are asked for next: what they were compiled of has changed. Requests under way keep theirs. */
  forgetRoads(): void {
    this.roads = null;
    this.roadsOfVerbs.clear();
    this.canary?.forgetRoads();
  }

  private roadOfVerb(route: ServedRoute, verb: string): Road {
    const known = knownVerb(verb);
    const key = `${route.path}/${known}`;
    const road = this.roadsOfVerbs.get(key) ?? compileRoad(route, this, known);
    this.roadsOfVerbs.set(key, road);
    return road;
  }
}

const knownVerb = (verb: string): HttpMethod => HTTP_METHODS.find((each) => each === verb) ?? 'ANY';

/** A canary release has a cache of its own unless it is to share the stage's. */
function cacheNameOf(
  { accountId, region }: Scope,
  { apiId, stageName, cacheEpoch, canary }: StageSnapshot,
  isCanary: boolean,
): string | null {
  if (cacheEpoch === undefined) return null;
  const own = isCanary && canary?.useStageCache === false ? 'canary' : 'stage';
  return [accountId, region, apiId, stageName, cacheEpoch, own].join('/');
}
