import type { DomainNameModel, RestApiModel, StageModel, UsagePlanModel } from '@gatehouse/api-model';
import { certificateArn } from '@gatehouse/aws-wire';
import {
  compileApiKey,
  compileCertificate,
  compileDeployment,
  compileDomain,
  compileStage,
  compileUsagePlan,
} from '@gatehouse/compiler';
import type { ConfigurationBatch } from '@gatehouse/publication';
import {
  ACCOUNT_DOCUMENT,
  dataPlaneKey,
  PRINCIPAL_REGION,
  refName,
  seal,
  type AnyDocument,
  type DeploymentSnapshot,
  type Document,
  type ThrottleSnapshot,
} from '@gatehouse/snapshot';
import type { IssuedCertificate } from '@gatehouse/testing';
import { createHash, X509Certificate } from 'node:crypto';

export const SECRET = Buffer.alloc(32, 7);
export const KEY = dataPlaneKey(SECRET);
export const SCOPE = { accountId: '123456789012', region: 'us-east-1' };

/** Documents of specs, and the deployments that they name. */
export class Documents {
  readonly documents: AnyDocument[] = [];
  readonly deployments = new Map<string, DeploymentSnapshot>();
  private revision = 0;

  constructor(private readonly scope = SCOPE) {}

  /** @param canary what `changes.canarySettings` names, if they do */
  stage(model: RestApiModel, stageName = 'prod', changes: Partial<StageModel> = {}, canary: RestApiModel | null = null): this {
    const hash = this.deployment(model);
    const { apiId } = model;
    const stage: StageModel = {
      apiId,
      stageName,
      deploymentId: 'dep001',
      variables: {},
      methodSettings: {},
      cacheClusterEnabled: false,
      tracingEnabled: false,
      ...changes,
    };
    const body = compileStage(stage, { deployment: hash, canary: canary && this.deployment(canary) });
    return this.add({ ...this.named('stage', `${apiId}/${stageName}`), body });
  }

  private deployment(model: RestApiModel): string {
    const { body, hash } = compileDeployment(model, { scope: this.scope, key: KEY });
    this.deployments.set(hash, body);
    return hash;
  }

  usagePlan(plan: Partial<UsagePlanModel> & { usagePlanId: string }): this {
    const body = compileUsagePlan({ createdDate: new Date('2026-01-01'), apiStages: [], ...plan });
    return this.add({ ...this.named('usage-plan', plan.usagePlanId), body });
  }

  account(throttle: ThrottleSnapshot | null): this {
    return this.add({ ...this.named('account', ACCOUNT_DOCUMENT), body: { throttle } });
  }

  /** A user whose keys have the secrets that are given by id. */
  principal(userName: string, secrets: Record<string, string>, policies: string[]): this {
    const userId = `AIDA${userName.toUpperCase()}`;
    const ref = { ...this.named('principal', userId), region: PRINCIPAL_REGION };
    const accessKeys = Object.entries(secrets).map(([accessKeyId, secret]) => ({
      accessKeyId,
      secretAccessKey: seal(KEY, refName(ref), secret),
    }));
    return this.add({ ...ref, body: { userId, userName, accessKeys, policies } });
  }

  apiKey(apiKeyId: string, value: string, usagePlanIds: string[], enabled = true): this {
    const valueHash = createHash('sha256').update(value).digest('hex');
    return this.add({
      ...this.named('api-key', apiKeyId),
      body: compileApiKey({ apiKeyId, valueHash, enabled, usagePlanIds }),
    });
  }

  /** A certificate for these names, which it need not have itself. */
  certificate(certificateId: string, { certificate, privateKey }: IssuedCertificate, domainNames: string[]): this {
    const model = {
      certificateId,
      certificateArn: certificateArn(this.scope, certificateId),
      domainNames,
      chain: certificate,
      privateKey,
      notAfter: new X509Certificate(certificate).validToDate,
    };
    const body = compileCertificate(model, { scope: this.scope, key: KEY });
    return this.add({ ...this.named('certificate', certificateId), body });
  }

  /** A domain name whose base paths lead to `{apiId}/{stage}`, or to `{apiId}` where the path names the stage. */
  domain(domainName: string, basePaths: Record<string, string>, changes: Partial<DomainNameModel> = {}): this {
    const body = compileDomain({
      domainName,
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      certificates: [],
      securityPolicy: 'TLS_1_2',
      routingMode: 'BASE_PATH_MAPPING_ONLY',
      basePathMappings: Object.entries(basePaths).map(([basePath, target]) => {
        const [apiId = '', stage] = target.split('/');
        return { basePath, apiId, stage };
      }),
      ...changes,
    });
    const key = changes.domainNameId === undefined ? domainName : `${domainName}+${changes.domainNameId}`;
    return this.add({ ...this.named('domain', key), body });
  }

  removed(kind: 'stage' | 'usage-plan' | 'api-key' | 'certificate' | 'domain', key: string): this {
    return this.add({ ...this.named(kind, key), body: null } as AnyDocument);
  }

  private add(document: AnyDocument): this {
    this.documents.push(document);
    return this;
  }

  private named<K extends AnyDocument['kind']>(kind: K, key: string) {
    return { ...this.scope, kind, key, revision: ++this.revision };
  }

  batch(): ConfigurationBatch {
    return { documents: this.documents, deployments: this.deployments };
  }

  /** The deployments as documents of their own. */
  deploymentDocuments(): Document<'deployment'>[] {
    return [...this.deployments].map(([key, body]) => ({ ...this.scope, kind: 'deployment', key, revision: 0, body }));
  }
}
