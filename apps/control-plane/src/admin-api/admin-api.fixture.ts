import type { AdminCall } from '@gatehouse/admin-contract';
import {
  ExportsController,
  ExportsOperations,
  RestApisController,
  RestApisOperations,
  type CreateRestApiRequest,
  type ExportResponse,
  type RestApi,
} from '@gatehouse/admin-contract/apigateway';
import { AwsError } from '@gatehouse/aws-wire';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AdminApiModule } from './admin-api.module.js';
import { Authentication, Authorization, type Caller, type PendingAuthentication, type RequestHead } from './authentication.js';
import { createApplication } from './create-application.js';
import type { SigningService } from './requested-service.js';
import { unbuiltGroups } from './unbuilt-groups.js';

export const SCOPE = { accountId: '123456789012', region: 'us-east-1' };

/** Lets in whoever says `authorization: me`, and remembers what it was shown. */
export class TestAuthentication extends Authentication {
  readonly heads: RequestHead[] = [];
  readonly services: SigningService[] = [];
  readonly bodies: Buffer[] = [];

  override async begin(head: RequestHead, service: SigningService): Promise<PendingAuthentication> {
    this.heads.push(head);
    this.services.push(service);
    if (!head.rawHeaders.includes('me'))
      throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    return {
      finish: async (body) => {
        this.bodies.push(body);
        return { principalId: 'root', scope: SCOPE };
      },
    };
  }
}

/** Allows everything but what `denied` holds, and remembers what it was asked. */
export class TestAuthorization extends Authorization {
  readonly asked: string[] = [];
  readonly denied = new Set<string>();

  override async authorize(_caller: Caller, action: string, resource: string): Promise<void> {
    this.asked.push(`${action} ${resource}`);
    if (this.denied.has(action)) throw new AwsError('AccessDeniedException', 'not allowed');
  }
}

/** Builds two operations, so that the path of a built one through the wire layer can be seen. */
export class TestRestApis extends RestApisOperations {
  readonly created: CreateRestApiRequest[] = [];
  answer: (call: AdminCall) => Promise<RestApi> = async () => ({});

  override async createRestApi(call: AdminCall, input: CreateRestApiRequest): Promise<RestApi> {
    this.created.push(input);
    return this.answer(call);
  }

  override async deleteRestApi(): Promise<void> {}
}

/** A resource module as the control plane has them; called as a function, because fixtures are compiled without decorators. */
export function testRestApis(service: TestRestApis): Type {
  class TestRestApisModule {}
  Module({ controllers: [RestApisController], providers: [{ provide: RestApisOperations, useValue: service }] })(
    TestRestApisModule,
  );
  return TestRestApisModule;
}

/** An operation that answers with headers and bytes. */
export class TestExports extends ExportsOperations {
  answer: ExportResponse = {};

  override async getExport(): Promise<ExportResponse> {
    return this.answer;
  }
}

/** Like `testRestApis`. */
export function testExports(service: TestExports): Type {
  class TestExportsModule {}
  Module({ controllers: [ExportsController], providers: [{ provide: ExportsOperations, useValue: service }] })(TestExportsModule);
  return TestExportsModule;
}

export interface TestApplication {
  app: NestFastifyApplication;
  authentication: TestAuthentication;
  authorization: TestAuthorization;
}

/** The admin API with `resources` built, without a database or real keys. */
export async function startTestApplication(
  resources: Type[] = [],
  database: Pick<DataSource, 'query'> = { query: async () => [] as never },
): Promise<TestApplication> {
  const authentication = new TestAuthentication();
  const authorization = new TestAuthorization();
  class Seams {}
  const seams: DynamicModule = {
    module: Seams,
    global: true,
    providers: [
      { provide: Authentication, useValue: authentication },
      { provide: Authorization, useValue: authorization },
      { provide: DataSource, useValue: database },
    ],
    exports: [Authentication, Authorization, DataSource],
  };
  class TestAppModule {}
  const app = await createApplication({
    module: TestAppModule,
    imports: [seams, AdminApiModule, ...resources, unbuiltGroups(resources)],
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { app, authentication, authorization };
}
