import type { AdminCall } from '@gatehouse/admin-contract';
import {
  GatewayResponsesOperations,
  type DeleteGatewayResponseRequest,
  type GatewayResponse,
  type GatewayResponses,
  type GetGatewayResponseRequest,
  type GetGatewayResponsesRequest,
  type PutGatewayResponseRequest,
  type UpdateGatewayResponseRequest,
} from '@gatehouse/admin-contract/apigateway';
import type { GatewayResponseType } from '@gatehouse/api-model';
import { notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { effectiveResponse, LISTED_TYPES } from './effective-response.js';
import { checkGatewayResponse, givenEntries } from './gateway-response-rules.js';
import { GatewayResponseEntity } from './gateway-response.entity.js';
import { gatewayResponsePatch } from './gateway-response.patch.js';
import { gatewayResponseView } from './gateway-response.view.js';

type Customised = Map<GatewayResponseType, GatewayResponseEntity>;

@Injectable()
export class GatewayResponsesService extends GatewayResponsesOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  /** Puts the customisation in place of the one that the type has, if any. */
  override async putGatewayResponse(call: AdminCall, input: PutGatewayResponseRequest): Promise<GatewayResponse> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { apiId } = await transaction.lockApi(input.restApiId);
      return save(transaction.manager, {
        ...call.scope,
        apiId,
        responseType: input.responseType,
        statusCode: input.statusCode ?? null,
        responseParameters: givenEntries('responseParameters', input.responseParameters),
        responseTemplates: givenEntries('responseTemplates', input.responseTemplates),
      });
    });
  }

  override async getGatewayResponse(call: AdminCall, input: GetGatewayResponseRequest): Promise<GatewayResponse> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    return gatewayResponseView(effectiveResponse(input.responseType, await loadCustomised(manager, call.scope, apiId)));
  }

  /** All types, customised or not, alphabetically. */
  override async getGatewayResponses(call: AdminCall, input: GetGatewayResponsesRequest): Promise<GatewayResponses> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const limit = pageLimit(input.limit);
    const [after] = decodePosition(input.position, ['text']) ?? [];
    const customised = await loadCustomised(manager, call.scope, apiId);
    const types = LISTED_TYPES.filter((type) => after === undefined || type > after);
    const page = pageOf(types, limit, (type) => [type]);
    return {
      item: page.items.map((type) => gatewayResponseView(effectiveResponse(type, customised))),
      position: page.position,
    };
  }

  /** A type that was not customised is from now on, beginning with what it showed. */
  override async updateGatewayResponse(call: AdminCall, input: UpdateGatewayResponseRequest): Promise<GatewayResponse> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const customised = await loadCustomised(manager, call.scope, apiId);
      const shown = effectiveResponse(input.responseType, customised);
      if (!input.patchOperations?.length) return gatewayResponseView(shown);
      const { responseType, customStatusCode: statusCode, responseParameters, responseTemplates } = shown;
      const entity = { ...call.scope, apiId, responseType, statusCode, responseParameters, responseTemplates };
      return save(manager, applyPatch(gatewayResponsePatch, entity, input.patchOperations));
    });
  }

  /** The type answers by default again. */
  override async deleteGatewayResponse(call: AdminCall, input: DeleteGatewayResponseRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { apiId } = await transaction.lockApi(input.restApiId);
      const key = { ...call.scope, apiId, responseType: input.responseType };
      const { affected } = await transaction.manager.delete(GatewayResponseEntity, key);
      if (affected === 0) throw notFound('Gateway response type not defined on api');
    });
  }
}

async function save(manager: EntityManager, entity: GatewayResponseEntity): Promise<GatewayResponse> {
  checkGatewayResponse(entity);
  await manager.upsert(GatewayResponseEntity, entity, ['accountId', 'region', 'apiId', 'responseType']);
  return gatewayResponseView(effectiveResponse(entity.responseType, new Map([[entity.responseType, entity]])));
}

async function loadCustomised(manager: EntityManager, scope: Scope, apiId: string): Promise<Customised> {
  const rows = await manager.findBy(GatewayResponseEntity, { ...scope, apiId });
  return new Map(rows.map((row) => [row.responseType, row]));
}
