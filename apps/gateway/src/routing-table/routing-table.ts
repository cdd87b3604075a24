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
  type Document,
  type Scope,
} from '@gatehouse/snapshot';
import { CertificateStore } from '../certificates/certificate-store.js';
import { Consumers } from './consumers.js';
import { apiOfHost, apiOfPath } from './execute-api-address.js';

/** Where a request goes: a stage, and where the rest of its path begins. */
export interface Resolution {
  readonly stage: ServedStage;
  readonly pathStart: number;
}

/** Told which stages are gone, so that what is kept per stage goes with them. */
export interface StageListener {
  stageRemoved(apiId: string, stageName: string): void;
}

export interface RoutingTableOptions {
  services: PipelineServices;
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
  /** For TLS listeners. */
  readonly certificates: CertificateStore;

  constructor(private readonly options: RoutingTableOptions) {
    this.certificates = new CertificateStore(options.dataPlaneKeys);
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
    const hash = body.deploymentHash;
    const deployment =
      this.deployments.get(hash)?.deployment ?? built.get(hash) ?? this.buildDeployment(scope, deployments.get(hash), hash);
    built.set(hash, deployment);
    if (deployment.apiId !== body.apiId) throw new Error(`its deployment is of API ${deployment.apiId}`);
    const stage = new ServedStage(scope, body, deployment, this.consumersOf(scope), this.options.services);
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
    const shared = this.deployments.get(stage.deploymentHash);
    if (shared) shared.stages++;
    else this.deployments.set(stage.deploymentHash, { deployment: stage.deployment, stages: 1 });
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

  private release({ scope, deploymentHash }: ServedStage): void {
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

  private consumersOf({ accountId, region }: Scope): Consumers {
    const name = `${accountId}/${region}`;
    let consumers = this.scopes.get(name);
    if (!consumers) this.scopes.set(name, (consumers = new Consumers()));
    return consumers;
  }

  /**
   * The stage that a request is for: by its host, else by one of the path forms. Undefined when nothing here goes by that name, or when the API's
   * execute-api endpoint, as which the path forms count, is closed.
   */
  resolve(host: string, path: string): Resolution | undefined {
    const named = apiOfHost(host);
    if (named !== null) return this.stageAt(named, path, 0, null);
    if (!this.options.pathForms) return undefined;
    const address = apiOfPath(path);
    return address ? this.stageAt(address.apiId, path, address.stageStart, address.infix) : undefined;
  }

  private stageAt(apiId: string, path: string, stageStart: number, infix: string | null): Resolution | undefined {
    const stages = this.apis.get(apiId)?.stages;
    if (!stages) return undefined;
    const nameStart = stageStart + 1;
    let stage: ServedStage | undefined;
    let stageEnd = 0;
    for (let place = 0; place < stages.length && stage === undefined; place++) {
      const candidate = stages[place] as ServedStage;
      stageEnd = nameStart + candidate.stageName.length;
      if (stageEnd < path.length && path.charCodeAt(stageEnd) !== SLASH) continue;
      if (path.startsWith(candidate.stageName, nameStart)) stage = candidate;
    }
    if (stage === undefined || stage.deployment.disableExecuteApiEndpoint) return undefined;
    if (infix === null) return { stage, pathStart: stageEnd };
    const pathStart = stageEnd + infix.length;
    const whole = path.startsWith(infix, stageEnd) && (pathStart === path.length || path[pathStart] === '/');
    return whole ? { stage, pathStart } : undefined;
  }
}

function splitKey(stageKey: string): [apiId: string, stageName: string] {
  const slash = stageKey.indexOf('/');
  return [stageKey.slice(0, slash), stageKey.slice(slash + 1)];
}
