import type { AdminCall } from '@gatehouse/admin-contract';
import {
  ApiKeysOperations,
  DeploymentsOperations,
  IntegrationsOperations,
  MethodsOperations,
  RestApisOperations,
  StagesOperations,
} from '@gatehouse/admin-contract/apigateway';
import { FunctionsOperations } from '@gatehouse/admin-contract/lambda';
import { createArchive } from '@gatehouse/function-archive';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { sign } from '@gatehouse/sigv4';
import { temporaryDirectory } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { createApplication } from '../admin-api/create-application.js';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../config.js';
import { openDatabase } from '../database/data-source.js';

export const ROOT_KEY = { accessKeyId: 'AKIAROOTKEYOFATEST22', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
/** Of every control plane here, so that gateways read what any of them wrote. */
export const MASTER_KEY = Buffer.alloc(32, 9);
const ROLE = 'arn:aws:iam::123456789012:role/any';
const SCOPE = { accountId: '123456789012', region: 'us-east-1' };

/** A whole control plane in this process, listening on a free port. */
export class ControlPlane {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: URL,
  ) {}

  static async start(databaseUrl: string, redisUrl: string, more: Record<string, string> = {}): Promise<ControlPlane> {
    const config = loadConfig({
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      GATEHOUSE_DATA_DIR: await temporaryDirectory('control-plane'),
      GATEHOUSE_ADMIN_PORT: '0',
      GATEHOUSE_MASTER_KEY: MASTER_KEY.toString('base64'),
      GATEHOUSE_ROOT_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
      GATEHOUSE_ROOT_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
      ...more,
    });
    const app = await createApplication(AppModule.register(config, await openDatabase(databaseUrl)));
    try {
      await app.listen(0, '127.0.0.1');
    } catch (error) {
      await app.close();
      throw error;
    }
    return new ControlPlane(app, new URL(await app.getUrl()));
  }

  get database(): DataSource {
    return this.app.get(DataSource, { strict: false });
  }

  stop(): Promise<void> {
    return this.app.close();
  }

  /** A signed request of Gatehouse's own. */
  async ask(method: string, target: string, body = ''): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = sign({ method, url: new URL(target, this.url), body }, ROOT_KEY, {
      region: 'us-east-1',
      service: 'apigateway',
    });
    const answer = await fetch(new URL(target, this.url), { method, headers, ...(body ? { body } : {}) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  /** An API with a MOCK method and a stage `prod`; gives its id and the publication that brought the stage. */
  async newStage(): Promise<{ restApiId: string; publicationId: string }> {
    const call = newCall();
    const { id, rootResourceId } = await this.app
      .get(RestApisOperations, { strict: false })
      .createRestApi(call, { name: 'test' });
    const method = { restApiId: id!, resourceId: rootResourceId!, httpMethod: 'GET' };
    await this.app.get(MethodsOperations, { strict: false }).putMethod(call, { ...method, authorizationType: 'NONE' });
    await this.app.get(IntegrationsOperations, { strict: false }).putIntegration(call, mock(method, 200));
    return { restApiId: id!, publicationId: await this.deploy(id!) };
  }

  /** Deploys to the stage `prod`, with another answer if a status is given. */
  async deploy(restApiId: string): Promise<string> {
    const call = newCall();
    await this.app.get(DeploymentsOperations, { strict: false }).createDeployment(call, { restApiId, stageName: 'prod' });
    return call.publicationId!;
  }

  /** Changes the answer of the API's method, so that the next deployment has other content. */
  async changeAnswer(restApiId: string, statusCode: number): Promise<void> {
    const { rootResourceId } = await this.app.get(RestApisOperations, { strict: false }).getRestApi(newCall(), { restApiId });
    const method = { restApiId, resourceId: rootResourceId!, httpMethod: 'GET' };
    await this.app.get(IntegrationsOperations, { strict: false }).putIntegration(newCall(), mock(method, statusCode));
  }

  async deleteStage(restApiId: string): Promise<string> {
    const call = newCall();
    await this.app.get(StagesOperations, { strict: false }).deleteStage(call, { restApiId, stageName: 'prod' });
    return call.publicationId!;
  }

  /** Gives the publication that brought the function. */
  async newFunction(name: string): Promise<string> {
    const call = newCall();
    const ZipFile = await createArchive([{ path: 'index.js', content: 'exports.handler = async () => 1;' }]);
    await this.app.get(FunctionsOperations, { strict: false }).createFunction(call, {
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile },
    });
    return call.publicationId!;
  }

  async newKey(): Promise<{ id: string; publicationId: string }> {
    const call = newCall();
    const { id } = await this.app.get(ApiKeysOperations, { strict: false }).createApiKey(call, { enabled: true });
    return { id: id!, publicationId: call.publicationId! };
  }
}

const newCall = (): AdminCall => ({ scope: SCOPE, principalId: 'root', requestId: 'test' });

const mock = (method: { restApiId: string; resourceId: string; httpMethod: string }, statusCode: number) => ({
  ...method,
  type: 'MOCK' as const,
  requestTemplates: { 'application/json': `{"statusCode": ${statusCode}}` },
});
