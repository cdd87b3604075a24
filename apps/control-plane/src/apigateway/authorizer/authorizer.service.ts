import type { AdminCall } from '@gatehouse/admin-contract';
import {
  AuthorizersOperations,
  type Authorizer,
  type Authorizers,
  type CreateAuthorizerRequest,
  type DeleteAuthorizerRequest,
  type GetAuthorizerRequest,
  type GetAuthorizersRequest,
  type TestInvokeAuthorizerRequest,
  type TestInvokeAuthorizerResponse,
  type UpdateAuthorizerRequest,
} from '@gatehouse/admin-contract/apigateway';
import { concurrentModification } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { freeId } from '../../database/free-ids.js';
import { readAtOnce } from '../../database/read-at-once.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';
import { GatewayTests } from '../test-invocation/gateway-tests.js';
import { checkAuthorizer, isCognito, refuseWhileUsed, unknownAuthorizer } from './authorizer-rules.js';
import { AuthorizerEntity } from './authorizer.entity.js';
import { authorizerPatch } from './authorizer.patch.js';
import { authorizerView } from './authorizer.view.js';
import { testAuthorizerView, testOfAuthorizer } from './test-authorizer.js';

/** What gateways give an authorizer. */
const AUTHORIZER_PATIENCE_MS = 29_000;

@Injectable()
export class AuthorizersService extends AuthorizersOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(GatewayTests) private readonly tests: GatewayTests,
  ) {
    super();
  }

  override async createAuthorizer(call: AdminCall, input: CreateAuthorizerRequest): Promise<Authorizer> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await requireApi(manager, call.scope, input.restApiId);
      const { apiId } = await transaction.lockApi(input.restApiId);
      const authorizerId = await freeId(transaction, AuthorizerEntity, 'authorizerId', { apiId });
      const authorizer = newAuthorizer({ ...call.scope, apiId, authorizerId }, input);
      await checkAuthorizer(manager, authorizer);
      await transaction.requireRoom('authorizers', AuthorizerEntity, { apiId });
      await manager.insert(AuthorizerEntity, authorizer);
      return authorizerView(authorizer);
    });
  }

  override async getAuthorizer(call: AdminCall, input: GetAuthorizerRequest): Promise<Authorizer> {
    return authorizerView(await findAuthorizer(this.database.manager, call.scope, input));
  }

  /** By id. */
  override async getAuthorizers(call: AdminCall, input: GetAuthorizersRequest): Promise<Authorizers> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const limit = pageLimit(input.limit);
    const [after] = decodePosition(input.position, ['text']) ?? [];
    const authorizers = await manager.find(AuthorizerEntity, {
      where: { ...call.scope, apiId, ...(after !== undefined && { authorizerId: MoreThan(after) }) },
      order: { authorizerId: 'ASC' },
      take: limit + 1,
    });
    const page = pageOf(authorizers, limit, ({ authorizerId }) => [authorizerId]);
    return { item: page.items.map(authorizerView), position: page.position };
  }

  override async updateAuthorizer(call: AdminCall, input: UpdateAuthorizerRequest): Promise<Authorizer> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockApi(input.restApiId, unknownAuthorizer().message);
      const authorizer = await findAuthorizer(manager, call.scope, input);
      const patched = applyPatch(authorizerPatch, authorizer, input.patchOperations);
      if (input.patchOperations?.length) await checkAuthorizer(manager, patched);
      if (isCognito(patched) !== isCognito(authorizer)) {
        await refuseWhileUsed(manager, call.scope, authorizer, 'change type of');
      }
      const { apiId, authorizerId } = authorizer;
      await manager.update(AuthorizerEntity, { ...call.scope, apiId, authorizerId }, patched);
      return authorizerView(patched);
    });
  }

  /** Has a gateway ask the authorizer as it is now, deployed or not; what it decides is kept nowhere. */
  override async testInvokeAuthorizer(
    call: AdminCall,
    input: TestInvokeAuthorizerRequest,
  ): Promise<TestInvokeAuthorizerResponse> {
    await findAuthorizer(this.database.manager, call.scope, input);
    const model = await readAtOnce(this.database, (snapshot) => loadRestApiModel(snapshot, call.scope, input.restApiId));
    const test = testOfAuthorizer(model, input, { scope: call.scope, key: this.tests.config.dataPlaneKey });
    return testAuthorizerView(await this.tests.run(test, AUTHORIZER_PATIENCE_MS));
  }

  override async deleteAuthorizer(call: AdminCall, input: DeleteAuthorizerRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockApi(input.restApiId, unknownAuthorizer().message);
      const authorizer = await findAuthorizer(manager, call.scope, input);
      await refuseWhileUsed(manager, call.scope, authorizer, 'delete');
      const { apiId, authorizerId } = authorizer;
      await manager.delete(AuthorizerEntity, { ...call.scope, apiId, authorizerId });
    });
  }
}

function newAuthorizer(
  key: Pick<AuthorizerEntity, 'accountId' | 'region' | 'apiId' | 'authorizerId'>,
  input: CreateAuthorizerRequest,
): AuthorizerEntity {
  return Object.assign(new AuthorizerEntity(), {
    ...key,
    name: input.name,
    type: input.type,
    providerArns: [...new Set(input.providerARNs)],
    // What tools show: AWS fills it in where the client names none.
    authType: input.authType || (isCognito(input) ? 'cognito_user_pools' : 'custom'),
    authorizerUri: input.authorizerUri || null,
    authorizerCredentials: input.authorizerCredentials || null,
    identitySource: input.identitySource || null,
    identityValidationExpression: input.identityValidationExpression || null,
    authorizerResultTtlInSeconds: input.authorizerResultTtlInSeconds ?? null,
  } satisfies AuthorizerEntity);
}

/** AWS's answer to an unknown API is this one here, and nowhere else. */
async function requireApi(manager: EntityManager, scope: Scope, apiId: string): Promise<void> {
  if (await manager.existsBy(RestApiEntity, { ...scope, apiId })) return;
  throw concurrentModification();
}

/** Throws `NotFoundException`, with the same sentence when the API does not exist. */
async function findAuthorizer(
  manager: EntityManager,
  scope: Scope,
  { restApiId: apiId, authorizerId }: { restApiId: string; authorizerId: string },
): Promise<AuthorizerEntity> {
  const authorizer = await manager.findOneBy(AuthorizerEntity, { ...scope, apiId, authorizerId });
  if (!authorizer) throw unknownAuthorizer();
  return authorizer;
}
