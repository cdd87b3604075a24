import type { AdminCall } from '@gatehouse/admin-contract';
import {
  MethodsOperations,
  type DeleteMethodRequest,
  type GetMethodRequest,
  type Method,
  type PutMethodRequest,
  type TestInvokeMethodRequest,
  type TestInvokeMethodResponse,
  type UpdateMethodRequest,
} from '@gatehouse/admin-contract/apigateway';
import { conflict } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readAtOnce } from '../../database/read-at-once.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { unknownResource } from '../resource/resource-rules.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';
import { GatewayTests } from '../test-invocation/gateway-tests.js';
import { namedByTest } from '../test-invocation/named-by-test.js';
import { findMethod, lockMethod, requireResource, saveMethod } from './method-key.js';
import { checkHttpMethod, checkMethod, dropUnusedAuthorizer } from './method-rules.js';
import { MethodEntity } from './method.entity.js';
import { methodPatch } from './method.patch.js';
import { methodView } from './method.view.js';
import { loadNamedParts } from './named-parts.js';
import { testMethodView, testOfMethod } from './test-method.js';

@Injectable()
export class MethodsService extends MethodsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(GatewayTests) private readonly tests: GatewayTests,
  ) {
    super();
  }

  override async putMethod(call: AdminCall, input: PutMethodRequest): Promise<Method> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockApi(input.restApiId, unknownResource().message);
      await requireResource(manager, call.scope, input);
      const method = dropUnusedAuthorizer(newMethod(call.scope, input));
      checkMethod(await loadNamedParts(manager, [method]), method);
      const { apiId, resourceId, httpMethod } = method;
      if (await manager.existsBy(MethodEntity, { ...call.scope, apiId, resourceId, httpMethod })) {
        throw conflict('Method already exists for this resource');
      }
      await manager.insert(MethodEntity, method);
      return methodView(method);
    });
  }

  override async getMethod(call: AdminCall, input: GetMethodRequest): Promise<Method> {
    return methodView(await findMethod(this.database.manager, call.scope, input));
  }

  override async updateMethod(call: AdminCall, input: UpdateMethodRequest): Promise<Method> {
    return this.unitOfWork.run(call, async (transaction) => {
      const patched = applyPatch(methodPatch, await lockMethod(transaction, input), input.patchOperations);
      dropUnusedAuthorizer(patched);
      checkMethod(await loadNamedParts(transaction.manager, [patched]), patched);
      await saveMethod(transaction.manager, patched);
      return methodView(patched);
    });
  }

  /** Has a gateway run the method as it is now, deployed or not: nobody is asked for credentials or keys, and nothing is counted. */
  override async testInvokeMethod(call: AdminCall, input: TestInvokeMethodRequest): Promise<TestInvokeMethodResponse> {
    const { manager } = this.database;
    await requireResource(manager, call.scope, input);
    const { dataPlaneKey: key, atRestKey } = this.tests.config;
    const context = { scope: call.scope, key };
    const test = await readAtOnce(this.database, async (snapshot) => {
      const model = await loadRestApiModel(snapshot, call.scope, input.restApiId);
      return testOfMethod(model, input, context, await namedByTest(snapshot, model, input, context, atRestKey));
    });
    const { integration } = test.deployment.routes[0] ?? {};
    const patience = integration && 'timeoutInMillis' in integration ? integration.timeoutInMillis : 0;
    return testMethodView(await this.tests.run(test, patience));
  }

  /** Removes the method with its responses and its integration. */
  override async deleteMethod(call: AdminCall, input: DeleteMethodRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { apiId, resourceId, httpMethod } = await lockMethod(transaction, input);
      await transaction.manager.delete(MethodEntity, { ...call.scope, apiId, resourceId, httpMethod });
    });
  }
}

function newMethod(scope: Scope, input: PutMethodRequest): MethodEntity {
  return Object.assign(new MethodEntity(), {
    ...scope,
    apiId: input.restApiId,
    resourceId: input.resourceId,
    httpMethod: checkHttpMethod(input.httpMethod),
    authorizationType: input.authorizationType,
    authorizerId: input.authorizerId ?? null,
    authorizationScopes: [...new Set(input.authorizationScopes)],
    apiKeyRequired: input.apiKeyRequired ?? false,
    operationName: input.operationName ?? null,
    requestValidatorId: input.requestValidatorId || null,
    requestParameters: input.requestParameters ?? {},
    requestModels: input.requestModels ?? {},
    methodResponses: [],
    methodIntegration: null,
  } satisfies MethodEntity);
}
