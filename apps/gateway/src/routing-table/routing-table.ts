import { literalName } from '@gatehouse/compiler';
import { ServedDeployment, ServedStage, ServedUsagePlan, type PipelineServices } from '@gatehouse/pipeline';
import type { ConfigurationBatch, ConfigurationSink } from '@gatehouse/publication';
import {
  refName,
  RefusedDocument,
  unseal,
  type AnyDocument,
  type DataPlaneKey,
  type DeploymentSnapshot,
  type CanarySnapshot,
  type Document,
  type Scope,
  type StageSnapshot,
} from '@gatehouse/snapshot';
import { openClientCertificate } from '../certificates/client-certificate.js';
import { CertificateStore } from '../certificates/certificate-store.js';
import { Consumers } from './consumers.js';
import { Domains } from './domains.js';
import { apiOfHost, apiOfPath } from './execute-api-address.js';
import { Principals } from './principals.js';
import type { ServedDomain } from './served-domain.js';

/** Where a request goes: a stage, and where the rest of its path begins. */
export interface Resolution {
  readonly stage: ServedStage;
  readonly pathStart: number;
  /** What of a custom domain led here; null where the host is that of none. */
  readonly basePath: string | null;
}

/** Told which stages are gone, so that what is kept per stage goes with them. */
export interface StageListener {
  stageRemoved(apiId: string, stageName: string): void;
}

export interface RoutingTableOptions {
  /** Who signs requests, the table knows itself. */
  services: Omit<PipelineServices, 'signers'>;
  dataPlaneKeys: readonly DataPlaneKey[];
  pathForms: boolean;
  listener: StageListener;
}

interface Api {
  readonly scope: Scope;
  /** One of each name. They are few, so they are looked through. */
  readonly stages: ServedStage[];
}

/** A deployment that stages share, with the number of them. */
interface Shared {
  readonly deployment: ServedDeployment;
  stages: number;
}

const SLASH = 0x2f;

/** Swaps one built document in. */
type Change = () => void;

/**
 * What this gateway serves. A batch is built whole before any of it is swapped in, and what it costs follows from what changed: a stage costs
 * its deployment, built once for all stages that serve it, and nothing of the other APIs.
 */
export class RoutingTable implements ConfigurationSink {
  private readonly deployments = new Map<string, Shared>();
  private readonly apis = new Map<string, Api>();
  private readonly scopes = new Map<string, Consumers>();
  private readonly domains = new Domains();
  private readonly principals: Principals;
  private readonly services: PipelineServices;
  /** For TLS listeners. */
  readonly certificates: CertificateStore;

  constructor(private readonly options: RoutingTableOptions) {
    this.principals = new Principals(options.dataPlaneKeys);
    this.services = { ...options.services, signers: this.principals };
    this.certificates = new CertificateStore(options.dataPlaneKeys, (name) => this.domains.find(name));
  }

  apply({ documents, deployments }: ConfigurationBatch): RefusedDocument[] {
    const refused: RefusedDocument[] = [];
    const changes: Change[] = [];
    const built = new Map<string, ServedDeployment>();
    for (const document of documents) {
      try {
        changes.push(this.build(document, deployments, built));
      } catch (error) {
        refused.push(error instanceof RefusedDocument ? error : new RefusedDocument(refName(document), (error as Error).message));
      }
    }
    for (const change of changes) change();
    return refused;
  }

  private build(
    document: AnyDocument,
    deployments: ReadonlyMap<string, DeploymentSnapshot>,
    built: Map<string, ServedDeployment>,
  ): Change {
    switch (document.kind) {
      case 'stage':
        return this.buildStage(document, deployments, built);
      case 'usage-plan':
        return this.buildUsagePlan(document);
      case 'api-key':
        return this.buildApiKey(document);
      case 'certificate':
        return this.certificates.build(document);
      case 'domain':
        return this.domains.build(document);
      case 'account':
        return this.buildAccount(document);
      case 'principal':
        return this.principals.build(document);
      case 'function':
        // For functions processes, which alone know what to do with it.
        return () => undefined;
      case 'deployment':
        throw new TypeError('a deployment comes with the stages that serve it');
      default:
        throw new TypeError(`unknown kind ${JSON.stringify((document satisfies never as { kind: unknown }).kind)}`);
    }
  }

  private buildStage(
    document: Document<'stage'>,
    deployments: ReadonlyMap<string, DeploymentSnapshot>,
    built: Map<string, ServedDeployment>,
  ): Change {
    const { body, key } = document;
    const scope = { accountId: document.accountId, region: document.region };
    if (body === null) return () => this.removeStage(key);
    if (key !== `${body.apiId}/${body.stageName}`) throw new Error(`it speaks of ${body.apiId}/${body.stageName}`);
    const owner = this.apis.get(body.apiId)?.scope;
    if (owner && (owner.accountId !== scope.accountId || owner.region !== scope.region)) {
      throw new Error(`API ${body.apiId} belongs to another account or region`);
    }
    const serve = (snapshot: StageSnapshot, canary: ServedStage | null) => {
      const hash = snapshot.deploymentHash;
      const deployment =
        this.deployments.get(hash)?.deployment ?? built.get(hash) ?? this.buildDeployment(scope, deployments.get(hash), hash);
      built.set(hash, deployment);
      if (deployment.apiId !== body.apiId) throw new Error(`its deployment is of API ${deployment.apiId}`);
      return new ServedStage(scope, snapshot, deployment, this.consumersOf(scope), this.services, canary, clientCertificate);
    };
    const clientCertificate = openClientCertificate(this.options.dataPlaneKeys, scope, body.clientCertificate);
    const { canary } = body;
    const stage = serve(body, canary === undefined ? null : serve({ ...body, ...canaryChanges(canary) }, null));
    return () => this.putStage(scope, stage);
  }

  private buildDeployment(scope: Scope, snapshot: DeploymentSnapshot | undefined, hash: string): ServedDeployment {
    if (!snapshot) throw new Error(`deployment ${hash} is missing`);
    const name = literalName(scope, snapshot.apiId);
    // The same literal stands in many methods of an API (`'*'`), and opening one costs more than building the rest of a method.
    const opened = new Map<string, string>();
    return new ServedDeployment(snapshot, (sealed) => {
      const known = opened.get(sealed);
      if (known !== undefined) return known;
      const literal = unseal(this.options.dataPlaneKeys, name, sealed);
      opened.set(sealed, literal);
      return literal;
    });
  }

  private putStage(scope: Scope, stage: ServedStage): void {
    let api = this.apis.get(stage.apiId);
    if (!api) this.apis.set(stage.apiId, (api = { scope, stages: [] }));
    this.retain(stage);
    if (stage.canary) this.retain(stage.canary);
    const place = api.stages.findIndex(({ stageName }) => stageName === stage.stageName);
    const before = api.stages[place];
    if (before === undefined) api.stages.push(stage);
    else {
      api.stages[place] = stage;
      this.release(before);
    }
  }

  private removeStage(key: string): void {
    const [apiId, stageName] = splitKey(key);
    const api = this.apis.get(apiId);
    const place = api?.stages.findIndex((stage) => stage.stageName === stageName) ?? -1;
    if (!api || place < 0) return;
    for (const before of api.stages.splice(place, 1)) this.release(before);
    if (api.stages.length === 0) this.apis.delete(apiId);
    this.options.listener.stageRemoved(apiId, stageName);
  }

  /** Whether there is such a stage, `{apiId}/{stage}`. */
  serves(stageKey: string): boolean {
    const [apiId, stageName] = splitKey(stageKey);
    return this.apis.get(apiId)?.stages.some((stage) => stage.stageName === stageName) === true;
  }

  private retain({ deploymentHash, deployment }: ServedStage): void {
    const shared = this.deployments.get(deploymentHash);
    if (shared) shared.stages++;
    else this.deployments.set(deploymentHash, { deployment, stages: 1 });
  }

  private release({ scope, deploymentHash, canary }: ServedStage): void {
    if (canary) this.release(canary);
    this.consumersOf(scope).forgetEntries();
    const shared = this.deployments.get(deploymentHash);
    if (shared && --shared.stages === 0) this.deployments.delete(deploymentHash);
  }

  private buildUsagePlan({ accountId, region, key, body }: Document<'usage-plan'>): Change {
    const consumers = this.consumersOf({ accountId, region });
    if (body === null) return () => consumers.deleteUsagePlan(key);
    if (key !== body.usagePlanId) throw new Error(`it speaks of ${body.usagePlanId}`);
    const plan = new ServedUsagePlan({ accountId, region }, body);
    return () => consumers.setUsagePlan(plan);
  }

  private buildApiKey({ accountId, region, key, body }: Document<'api-key'>): Change {
    const consumers = this.consumersOf({ accountId, region });
    if (body === null) return () => consumers.deleteKey(key);
    if (key !== body.apiKeyId) throw new Error(`it speaks of ${body.apiKeyId}`);
    if (!/^[0-9a-f]{64}$/.test(body.valueHash)) throw new Error('its valueHash is no SHA-256');
    return () => consumers.setKey(body);
  }

  private buildAccount({ accountId, region, body }: Document<'account'>): Change {
    return () => {
      const consumers = this.consumersOf({ accountId, region });
      consumers.accountThrottle = body?.throttle ?? null;
      for (const { stages } of this.apis.values())
        for (const stage of stages) if (stage.consumers === consumers) stage.forgetRoads();
    };
  }

  private consumersOf({ accountId, region }: Scope): Consumers {
    const name = `${accountId}/${region}`;
    let consumers = this.scopes.get(name);
    if (!consumers) this.scopes.set(name, (consumers = new Consumers()));
    return consumers;
  }

  /**
   * The stage that a request is for: by its host, which is that of an execute-api endpoint or a custom domain, else by one of the path forms. Undefined
   * when nothing here goes by that name, when the API's execute-api endpoint, as which the path forms count, is closed, and when the domain is denied.
   */
  resolve(host: string, path: string): Resolution | undefined {
    const named = apiOfHost(host);
    if (named !== null) return this.ofEndpoint(this.stageAt(this.apis.get(named), path, 0, null));
    const domain = this.domains.find(host);
    if (domain !== undefined) return this.mapped(domain, path);
    if (!this.options.pathForms) return undefined;
    const address = apiOfPath(path);
    if (address === null) return undefined;
    const found = this.ofEndpoint(this.stageAt(this.apis.get(address.apiId), path, address.stageStart, null));
    return found === undefined || address.infix === null ? found : behind(address.infix, found, path);
  }

  /** The custom domain that a host belongs to. */
  domainOf(host: string): ServedDomain | undefined {
    return apiOfHost(host) === null ? this.domains.find(host) : undefined;
  }

  /** Closes what an API has closed. */
  private ofEndpoint(found: Resolution | undefined): Resolution | undefined {
    return found?.stage.deployment.disableExecuteApiEndpoint === true ? undefined : found;
  }

  private mapped(domain: ServedDomain, path: string): Resolution | undefined {
    const found = domain.find(path);
    if (found === undefined) return undefined;
    const { mapping, pathStart } = found;
    const api = this.apis.get(mapping.apiId);
    // A domain leads to APIs of its own account and region only.
    if (api === undefined || api.scope.accountId !== domain.scope.accountId || api.scope.region !== domain.scope.region)
      return undefined;
    const { basePath } = mapping;
    if (mapping.stage === null) return this.stageAt(api, path, pathStart, basePath);
    for (const stage of api.stages) if (stage.stageName === mapping.stage) return { stage, pathStart, basePath };
    return undefined;
  }

  /** The stage whose name follows the slash at `stageStart`. */
  private stageAt(api: Api | undefined, path: string, stageStart: number, basePath: string | null): Resolution | undefined {
    if (api === undefined) return undefined;
    const { stages } = api;
    const nameStart = stageStart + 1;
    for (let place = 0; place < stages.length; place++) {
      const stage = stages[place] as ServedStage;
      const pathStart = nameStart + stage.stageName.length;
      if (pathStart < path.length && path.charCodeAt(pathStart) !== SLASH) continue;
      if (path.startsWith(stage.stageName, nameStart)) return { stage, pathStart, basePath };
    }
    return undefined;
  }
}

/** What a canary release has in place of its stage's. */
const canaryChanges = ({ deploymentId, deploymentHash, variables }: CanarySnapshot) => ({
  deploymentId,
  deploymentHash,
  variables,
});

/** In the long path form something stands between stage and path. */
function behind(infix: string, found: Resolution, path: string): Resolution | undefined {
  const end = found.pathStart + infix.length;
  const fits = path.startsWith(infix, found.pathStart) && (end === path.length || path[end] === '/');
  return fits ? { ...found, pathStart: end } : undefined;
}

function splitKey(stageKey: string): [apiId: string, stageName: string] {
  const slash = stageKey.indexOf('/');
  return [stageKey.slice(0, slash), stageKey.slice(slash + 1)];
}
