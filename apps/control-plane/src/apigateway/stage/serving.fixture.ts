import type { AdminCall } from '@gatehouse/admin-contract';
import { dataPlaneKey, type DataPlaneKey, type SealingKey } from '@gatehouse/snapshot';
import { atRestKey } from '../../at-rest-key.js';
import type { ControlPlaneConfig, LimitsProfile, Unenforced } from '../../config.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { readApiKeys } from '../api-key/load-api-key-document.js';
import { ApiKeysService } from '../api-key/api-key.service.js';
import { DeploymentsService } from '../deployment/deployment.service.js';
import { Definition, testCall } from '../rest-api/definition.fixture.js';
import { readUsagePlans } from '../usage-plan/load-usage-plan-document.js';
import { UsagePlanKeysService } from '../usage-plan/usage-plan-key.service.js';
import { UsagePlansService } from '../usage-plan/usage-plan.service.js';
import { UsageService } from '../usage/usage.service.js';
import { readStages } from './load-stage-documents.js';
import { StagesService } from './stage.service.js';

/** The services that put an API into service, over a real database, beside those that define it. */
export class Serving {
  readonly dataPlaneKey: DataPlaneKey = dataPlaneKey(Buffer.alloc(32, 1));
  readonly atRestKey: SealingKey = atRestKey(Buffer.alloc(32, 2));
  readonly config: ControlPlaneConfig;
  readonly unitOfWork: UnitOfWork;
  readonly deployments: DeploymentsService;
  readonly stages: StagesService;
  readonly apiKeys: ApiKeysService;
  readonly usagePlans: UsagePlansService;
  readonly usagePlanKeys: UsagePlanKeysService;
  readonly usage: UsageService;
  readonly call = testCall();

  private constructor(
    readonly definition: Definition,
    unenforced: Unenforced,
  ) {
    const { database, bell } = definition;
    const unitOfWork = new UnitOfWork(database, bell, { limits: definition.limits, maxIntegrationTimeout: 29_000 });
    this.unitOfWork = unitOfWork;
    this.config = {
      ...this.call.scope,
      databaseUrl: '',
      redisUrl: '',
      host: '127.0.0.1',
      port: 0,
      dataDirectory: '',
      masterKey: Buffer.alloc(0),
      dataPlaneKey: this.dataPlaneKey,
      atRestKey: this.atRestKey,
      rootAccessKey: undefined,
      functionsEndpoint: undefined,
      testInvokeEndpoint: undefined,
      unenforced,
      limits: definition.limits,
      maxIntegrationTimeout: 29_000,
    };
    this.deployments = new DeploymentsService(database, unitOfWork, this.config);
    this.stages = new StagesService(database, unitOfWork, this.config);
    this.apiKeys = new ApiKeysService(database, unitOfWork, this.config);
    this.usagePlans = new UsagePlansService(database, unitOfWork);
    this.usagePlanKeys = new UsagePlanKeysService(database, unitOfWork, this.config);
    this.usage = new UsageService(database, unitOfWork);
  }

  static async open(url: string, unenforced: Unenforced = 'refuse', limits: LimitsProfile = 'none'): Promise<Serving> {
    return new Serving(await Definition.open(url, limits), unenforced);
  }

  get manager() {
    return this.definition.database.manager;
  }

  close(): Promise<void> {
    return this.definition.close();
  }

  /** An API whose root answers GET from a MOCK integration; gives its id and the key of its method. */
  async newMock(): Promise<{ restApiId: string; resourceId: string; httpMethod: string }> {
    const method = await this.definition.newMethod();
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    await this.definition.integrations.putIntegration(this.call, { ...method, type: 'MOCK', requestTemplates });
    return method;
  }

  /** An API with a stage `prod` that serves it. */
  async newStage(stageName = 'prod'): Promise<{ restApiId: string; stageName: string; deploymentId: string }> {
    const { restApiId } = await this.newMock();
    const deployment = await this.deployments.createDeployment(this.call, { restApiId, stageName });
    return { restApiId, stageName, deploymentId: deployment.id! };
  }

  /** What is published of the stage `{apiId}/{stageName}`; null when there is none. The same for keys and plans below. */
  async stageDocuments(key: string) {
    return (await readStages(this.manager, this.call.scope, [key], this.dataPlaneKey, this.atRestKey)).get(key)?.() ?? null;
  }

  async apiKeyDocument(id: string) {
    return (await readApiKeys(this.manager, this.call.scope, [id])).get(id)?.() ?? null;
  }

  async usagePlanDocument(id: string) {
    return (await readUsagePlans(this.manager, this.call.scope, [id])).get(id)?.() ?? null;
  }

  /** `kind key` of what one call published, in order; `-` in front of what it deleted. */
  async published(call: AdminCall): Promise<string[]> {
    if (!call.publicationId) return [];
    const rows = await this.manager.query<{ kind: string; key: string; deleted: boolean }[]>(
      `SELECT kind, key, deleted FROM outbox
         JOIN document_revisions USING (account_id, region, kind, key) WHERE publication_id = $1 ORDER BY outbox.revision`,
      [call.publicationId],
    );
    return rows.map(({ kind, key, deleted }) => `${deleted ? '-' : ''}${kind} ${key}`);
  }
}
