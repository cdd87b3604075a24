import type { AdminCall } from '@gatehouse/admin-contract';
import type { Resource, RestApi } from '@gatehouse/admin-contract/apigateway';
import { AwsError } from '@gatehouse/aws-wire';
import { dataPlaneKey, type DocumentRef } from '@gatehouse/snapshot';
import { Global, Module, type Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { atRestKey } from '../../at-rest-key.js';
import { ControlPlaneConfig, type LimitsProfile } from '../../config.js';
import { openDatabase } from '../../database/data-source.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { sourceReader } from '../../imports/document-reader.fixture.js';
import { DocumentReader } from '../../imports/document-reader.js';
import { PublicationBell } from '../../publication/publication-bell.js';
import { AuthorizersService } from '../authorizer/authorizer.service.js';
import { GatewayResponsesService } from '../gateway-response/gateway-response.service.js';
import { IntegrationResponsesService } from '../integration-response/integration-response.service.js';
import { IntegrationsService } from '../integration/integration.service.js';
import { MethodResponsesService } from '../method-response/method-response.service.js';
import { MethodsService } from '../method/method.service.js';
import { ModelsService } from '../model/model.service.js';
import { RequestValidatorsService } from '../request-validator/request-validator.service.js';
import { ResourcesService } from '../resource/resource.service.js';
import { TagsService } from '../tag/tag.service.js';
import { GatewayTests } from '../test-invocation/gateway-tests.js';
import { RestApisService } from './rest-api.service.js';

/** Remembers what was rung for. */
class SilentBell extends PublicationBell {
  readonly rung: DocumentRef[] = [];

  override ring(changed: DocumentRef): void {
    this.rung.push(changed);
  }
}

/** A call of the account and region that specs work in; each request has its own. */
export const testCall = (scope = { accountId: '123456789012', region: 'us-east-1' }): AdminCall => ({
  scope,
  principalId: 'root',
  requestId: 'test',
});

/** Gives modules their unit of work over a real database, without publishing, and what reads documents. */
export function writing(database: DataSource): Type {
  class WritingModule {}
  Global()(WritingModule);
  Module({
    providers: [
      {
        provide: UnitOfWork,
        useValue: new UnitOfWork(database, new SilentBell(), { limits: 'none', maxIntegrationTimeout: 29_000 }),
      },
      { provide: DocumentReader, useFactory: sourceReader },
      // No gateway is there to test anything.
      { provide: ControlPlaneConfig, useValue: { testInvokeEndpoint: undefined } },
    ],
    exports: [UnitOfWork, DocumentReader, ControlPlaneConfig],
  })(WritingModule);
  return WritingModule;
}

/** The services that define an API, over a real database. */
export class Definition {
  readonly bell = new SilentBell();
  readonly call = testCall();
  readonly documentReader = sourceReader();
  readonly restApis: RestApisService;
  readonly resources: ResourcesService;
  readonly methods: MethodsService;
  readonly methodResponses: MethodResponsesService;
  readonly integrations: IntegrationsService;
  readonly integrationResponses: IntegrationResponsesService;
  readonly models: ModelsService;
  readonly authorizers: AuthorizersService;
  readonly requestValidators: RequestValidatorsService;
  readonly gatewayResponses: GatewayResponsesService;
  readonly tags: TagsService;

  private constructor(
    readonly database: DataSource,
    readonly limits: LimitsProfile,
    gateway: GatewayTests['config'],
  ) {
    const unitOfWork = new UnitOfWork(database, this.bell, { limits, maxIntegrationTimeout: 29_000 });
    this.restApis = new RestApisService(database, unitOfWork, this.documentReader);
    this.resources = new ResourcesService(database, unitOfWork);
    const tests = new GatewayTests(gateway);
    this.methods = new MethodsService(database, unitOfWork, tests);
    this.methodResponses = new MethodResponsesService(database, unitOfWork);
    this.integrations = new IntegrationsService(database, unitOfWork);
    this.integrationResponses = new IntegrationResponsesService(database, unitOfWork);
    this.models = new ModelsService(database, unitOfWork);
    this.authorizers = new AuthorizersService(database, unitOfWork, tests);
    this.requestValidators = new RequestValidatorsService(database, unitOfWork);
    this.gatewayResponses = new GatewayResponsesService(database, unitOfWork);
    this.tags = new TagsService(database, unitOfWork);
  }

  /** @param testInvokeEndpoint where methods and authorizers are tested */
  static async open(url: string, limits: LimitsProfile = 'none', testInvokeEndpoint?: URL): Promise<Definition> {
    const gateway = {
      testInvokeEndpoint,
      dataPlaneKey: dataPlaneKey(Buffer.alloc(32, 1)),
      atRestKey: atRestKey(Buffer.alloc(32, 2)),
    };
    return new Definition(await openDatabase(url), limits, gateway);
  }

  async close(): Promise<void> {
    await this.documentReader.onApplicationShutdown();
    await this.database.destroy();
  }

  /** An API with nothing but its root. */
  async newApi(): Promise<Required<Pick<RestApi, 'id' | 'rootResourceId'>>> {
    const { id, rootResourceId } = await this.restApis.createRestApi(this.call, { name: 'test' });
    return { id: id!, rootResourceId: rootResourceId! };
  }

  /** A resource below another one, the root by default. */
  async newResource(restApiId: string, parentId: string, pathPart: string): Promise<Resource & { id: string }> {
    const resource = await this.resources.createResource(this.call, { restApiId, parentId, pathPart });
    return { ...resource, id: resource.id! };
  }

  /** An API whose root has a method GET without anything; gives the key that its operations take. */
  async newMethod(): Promise<{ restApiId: string; resourceId: string; httpMethod: string }> {
    const { id, rootResourceId } = await this.newApi();
    const key = { restApiId: id, resourceId: rootResourceId, httpMethod: 'GET' };
    await this.methods.putMethod(this.call, { ...key, authorizationType: 'NONE' });
    return key;
  }
}

/** Type and message of the error that an operation fails with, as a client sees them. */
export async function refusal(operation: Promise<unknown>): Promise<string> {
  try {
    await operation;
  } catch (error) {
    if (error instanceof AwsError) return `${error.type}: ${error.message}`;
    throw error;
  }
  return 'no error';
}
