import type { AdminCall } from '@gatehouse/admin-contract';
import {
  RequestValidatorsOperations,
  type CreateRequestValidatorRequest,
  type DeleteRequestValidatorRequest,
  type GetRequestValidatorRequest,
  type GetRequestValidatorsRequest,
  type RequestValidator,
  type RequestValidators,
  type UpdateRequestValidatorRequest,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { freeId } from '../../database/free-ids.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';
import { checkName, checkNameIsFree, refuseWhileUsed, unknownRequestValidator } from './request-validator-rules.js';
import { RequestValidatorEntity } from './request-validator.entity.js';
import { requestValidatorPatch } from './request-validator.patch.js';
import { requestValidatorView } from './request-validator.view.js';

@Injectable()
export class RequestValidatorsService extends RequestValidatorsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async createRequestValidator(call: AdminCall, input: CreateRequestValidatorRequest): Promise<RequestValidator> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await requireApi(manager, call.scope, input.restApiId);
      const { apiId } = await transaction.lockApi(input.restApiId);
      const validator = Object.assign(new RequestValidatorEntity(), {
        ...call.scope,
        apiId,
        requestValidatorId: await freeId(transaction, RequestValidatorEntity, 'requestValidatorId', { apiId }),
        name: input.name === undefined ? null : checkName(input.name),
        validateRequestBody: input.validateRequestBody ?? false,
        validateRequestParameters: input.validateRequestParameters ?? false,
      } satisfies RequestValidatorEntity);
      await checkNameIsFree(manager, validator);
      await transaction.requireRoom('requestValidators', RequestValidatorEntity, { apiId });
      await manager.insert(RequestValidatorEntity, validator);
      return requestValidatorView(validator);
    });
  }

  override async getRequestValidator(call: AdminCall, input: GetRequestValidatorRequest): Promise<RequestValidator> {
    return requestValidatorView(await findRequestValidator(this.database.manager, call.scope, input));
  }

  /** By id. */
  override async getRequestValidators(call: AdminCall, input: GetRequestValidatorsRequest): Promise<RequestValidators> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const limit = pageLimit(input.limit);
    const [after] = decodePosition(input.position, ['text']) ?? [];
    const validators = await manager.find(RequestValidatorEntity, {
      where: { ...call.scope, apiId, ...(after !== undefined && { requestValidatorId: MoreThan(after) }) },
      order: { requestValidatorId: 'ASC' },
      take: limit + 1,
    });
    const page = pageOf(validators, limit, ({ requestValidatorId }) => [requestValidatorId]);
    return { item: page.items.map(requestValidatorView), position: page.position };
  }

  override async updateRequestValidator(call: AdminCall, input: UpdateRequestValidatorRequest): Promise<RequestValidator> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockApi(input.restApiId, unknownRequestValidator().message);
      const validator = await findRequestValidator(manager, call.scope, input);
      const patched = applyPatch(requestValidatorPatch, validator, input.patchOperations);
      await checkNameIsFree(manager, patched);
      const { apiId, requestValidatorId } = validator;
      await manager.update(RequestValidatorEntity, { ...call.scope, apiId, requestValidatorId }, patched);
      return requestValidatorView(patched);
    });
  }

  override async deleteRequestValidator(call: AdminCall, input: DeleteRequestValidatorRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      await transaction.lockApi(input.restApiId, unknownRequestValidator().message);
      const validator = await findRequestValidator(manager, call.scope, input);
      await refuseWhileUsed(manager, call.scope, validator);
      const { apiId, requestValidatorId } = validator;
      await manager.delete(RequestValidatorEntity, { ...call.scope, apiId, requestValidatorId });
    });
  }
}

/** AWS answers 400 here, where it answers 404 elsewhere. */
async function requireApi(manager: EntityManager, scope: Scope, apiId: string): Promise<void> {
  if (!(await manager.existsBy(RestApiEntity, { ...scope, apiId }))) throw badRequest('Invalid REST API identifier specified');
}

/** Throws `NotFoundException`, with the same sentence when the API does not exist (as on AWS). */
async function findRequestValidator(
  manager: EntityManager,
  scope: Scope,
  { restApiId: apiId, requestValidatorId }: { restApiId: string; requestValidatorId: string },
): Promise<RequestValidatorEntity> {
  const validator = await manager.findOneBy(RequestValidatorEntity, { ...scope, apiId, requestValidatorId });
  if (!validator) throw unknownRequestValidator();
  return validator;
}
